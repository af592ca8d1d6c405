package dev.pinion.tfaws;

import dev.pinion.aws.CodeDigest;
import dev.pinion.aws.Plan;
import dev.pinion.aws.TableHistory;
import dev.pinion.aws.ValueNames;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints the plan of an app as the files of a Terraform module. */
public final class TerraformModule {
  /** The deployment package of all functions; it lies beside the module's own files. */
  public static final String ZIP = "function.zip";

  /**
   * Returns the name under which the functions are deployed from the package. It follows the content, but for line
   * numbers; another name is another version of all functions. There is one such file beside the module.
   */
  static String versionedZip(byte[] zip) {
    return VERSIONED_START + CodeDigest.of(zip) + VERSIONED_END;
  }

  /** Returns the path of that file, as an expression: the module's text does not depend on the code. */
  static String versionedZip() {
    return "${path.module}/${one(fileset(path.module, \"" + VERSIONED_START + "?".repeat(CodeDigest.DIGITS)
        + VERSIONED_END + "\"))}";
  }

  private static final String VERSIONED_START = "function-";
  private static final String VERSIONED_END = ".zip";
  /** The names of such files, as a regular expression. */
  static final String VERSIONED = VERSIONED_START + "[0-9a-f]{" + CodeDigest.DIGITS + "}\\.zip";

  /** The first version of the AWS provider whose Lambda knows java25. */
  private static final String PROVIDER = ">= 6.20.0";
  /** The first version of Terraform with {@code plantimestamp}. */
  private static final String TERRAFORM = ">= 1.5.0";

  private TerraformModule() {}

  /**
   * Returns the module's files by name, without the zip. It has no provider block, so that it can be part of another
   * configuration. The same plan gives the same text.
   */
  public static Map<String, String> files(Plan plan) {
    return files(plan, TableHistory.NONE);
  }

  /**
   * Returns the module's files over those of earlier compilations.
   *
   * @param history the tables of those compilations
   * @throws dev.pinion.aws.PlanException if two values would have the same variable
   */
  static Map<String, String> files(Plan plan, TableHistory history) {
    ValueNames.check(plan, "Terraform variable", Hcl::variables);
    String comment = ModuleFolder.MARK;
    Map<String, String> files = new LinkedHashMap<>();
    files.put("main.tf.json", MainFile.of(plan, history, comment).file());
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
