/** The plan of an app as constructs of the AWS CDK, for any CDK app in Java. */
@NullMarked
package dev.pinion.awscdk;

import org.jspecify.annotations.NullMarked;
