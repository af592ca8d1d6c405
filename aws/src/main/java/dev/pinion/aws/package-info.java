/**
 * What an app becomes on AWS: one plan of functions, permissions, routes and tables, from which every AWS target
 * prints, and the zip that its functions are made of.
 */
@NullMarked
package dev.pinion.aws;

import org.jspecify.annotations.NullMarked;
