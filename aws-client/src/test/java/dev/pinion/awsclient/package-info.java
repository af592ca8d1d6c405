/// Tests of the client, with the AWS SDK as the judge.
@NullMarked
package dev.pinion.awsclient;

import org.jspecify.annotations.NullMarked;
