/// A small client of the AWS services that a function calls: signed requests over HTTP, time limits, retries.
///
/// [dev.pinion.awsclient.AwsClient] is where to begin. A call goes from there to the service's [Endpoints], is signed
/// by [Signature] with what [CredentialsSource] gives, and sent by a [Transport]; [Retry] decides whether it is made
/// again.
@NullMarked
package dev.pinion.awsclient;

import org.jspecify.annotations.NullMarked;
