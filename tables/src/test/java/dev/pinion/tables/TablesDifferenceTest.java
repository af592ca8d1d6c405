package dev.pinion.tables;

import dev.pinion.contract.StoreDifference;
import dev.pinion.lambda.DynamoDbLocal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The tables in a folder, compared with DynamoDB Local. */
final class TablesDifferenceTest extends StoreDifference {
  TablesDifferenceTest(@TempDir Path folder) {
    super(
        DynamoDbLocal::backend,
        models -> Rigs.backend(Files.createTempDirectory(folder, "lane"), models));
  }
}
