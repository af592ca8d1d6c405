package dev.pinion.cli;

import dev.pinion.aws.Cost;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.Locale;

/** The command {@code cost}: what a month on AWS costs. */
final class CostCommand {
  private final Cost.Usage usage;
  private final PrintStream out;

  CostCommand(Cost.Usage usage, PrintStream out) {
    this.usage = usage;
    this.out = out;
  }

  /** Prints the estimate and returns the exit code. */
  int run() {
    Cost cost = Cost.of(usage);
    cost.items().forEach(item -> line(item.name(), item.quantity(), item.dollars()));
    out.printf(Locale.ROOT, "%-18s  %19s  %,12.2f USD a month%n", "total", "", cost.total());
    out.println("On-demand prices of us-east-1, without free tier, data transfer and logs.");
    return PinionCommand.OK;
  }

  private void line(String name, BigDecimal quantity, BigDecimal dollars) {
    if (quantity.signum() > 0) out.printf(Locale.ROOT, "%-18s  %,19.0f  %,12.2f USD%n", name, quantity, dollars);
  }
}
