/** The plan of an app as a Terraform module, in Terraform's JSON syntax, which OpenTofu reads too. */
@NullMarked
package dev.pinion.tfaws;

import org.jspecify.annotations.NullMarked;
