package dev.pinion.tfaws;

import dev.pinion.aws.CodeDigest;
import dev.pinion.aws.Plan;
import dev.pinion.aws.TableHistory;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints the plan of an app as the files of a Terraform module. */
public final class TerraformModule {
  /** The deployment package of all functions; it lies beside the module's own files. */
  public static final String ZIP = "function.zip";

  /** The name under which the functions are deployed from the package; another name is another version. */
  static String versionedZip(byte[] zip) {
    return "function-" + CodeDigest.of(zip) + ".zip";
  }

  /** The first version of the AWS provider whose Lambda knows java25. */
  private static final String PROVIDER = ">= 6.20.0";
  /** The first version of Terraform with {@code terraform_data}. */
  private static final String TERRAFORM = ">= 1.4.0";

  private TerraformModule() {}

  /**
   * Returns the module's files by name, without the zip. It has no provider block, so that it can be part of another
   * configuration. The same plan gives the same text.
   */
  public static Map<String, String> files(Plan plan) {
    return files(plan, TableHistory.NONE, ZIP);
  }

  /**
   * Returns the module's files over those of earlier compilations.
   *
   * @param history the tables of those compilations
   * @param zip the name of the functions' deployment package
   */
  static Map<String, String> files(Plan plan, TableHistory history, String zip) {
    String comment = ModuleFolder.MARK;
    Map<String, String> files = new LinkedHashMap<>();
    files.put("main.tf.json", MainFile.of(plan, history, zip, comment).file());
    files.put("variables.tf.json", VariablesFile.of(plan, history, comment).file());
    files.put("outputs.tf.json", OutputsFile.of(plan, comment).file());
    files.put("versions.tf.json", versions(comment).file());
    return files;
  }

  private static Block versions(String comment) {
    Block provider = new Block().put("source", "hashicorp/aws").put("version", PROVIDER);
    return new Block().put("//", comment).put(
        "terraform",
        new Block().put("required_version", TERRAFORM).put("required_providers", new Block().put("aws", provider)));
  }
}
