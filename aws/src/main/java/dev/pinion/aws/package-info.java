/**
 * The resources of an app on AWS: one plan of functions, permissions, routes and tables, which every AWS target prints,
 * and the deployment package of its functions.
 */
@NullMarked
package dev.pinion.aws;

import org.jspecify.annotations.NullMarked;
