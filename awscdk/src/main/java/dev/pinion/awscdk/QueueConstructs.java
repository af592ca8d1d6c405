package dev.pinion.awscdk;

import dev.pinion.aws.EventSourcePlan;
import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.QueuePlan;
import dev.pinion.aws.Reference.Kind;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

import static java.util.Objects.requireNonNull;

/** Adds queues, each with the queue of its dead letters, and the mappings by which Lambda polls them. */
final class QueueConstructs {
  /** The construct in a table of what handles its changes. */
  static final String CHANGES = "Changes";

  private final TokenText text;
  private final Resources resources;

  QueueConstructs(TokenText text, Resources resources) {
    this.text = text;
    this.resources = resources;
  }

  void add(QueuePlan plan, Construct scope) {
    Queue deadLetters = queue(
        plan, Queue.Builder.create(scope, "DeadLetters").retentionPeriod(seconds(QueuePlan.DEAD_LETTER_RETENTION)));
    Queue queue = queue(
        plan, Queue.Builder.create(scope, "Queue").retentionPeriod(seconds(QueuePlan.RETENTION))
            .visibilityTimeout(seconds(plan.visibilityTimeout()))
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(plan.maxReceives()).build()));
    resources.put(Kind.DEAD_LETTERS, plan.path(), deadLetters);
    resources.put(Kind.QUEUE, plan.path(), queue);
  }

  private static Queue queue(QueuePlan plan, Queue.Builder builder) {
    if (plan.fifo()) builder.fifo(true).contentBasedDeduplication(true);
    Queue queue = builder.encryption(QueueEncryption.SQS_MANAGED).build();
    // The class itself may still check for the smaller limit of former times.
    ((CfnQueue) requireNonNull(queue.getNode().getDefaultChild())).setMaximumMessageSize(QueuePlan.LARGEST_MESSAGE);
    return queue;
  }

  private static Duration seconds(int count) {
    return Duration.seconds(count);
  }

  /** Adds a queue for what could not be handled of a stream. */
  static Queue deadLetters(Construct scope) {
    return Queue.Builder.create(scope, "DeadLetters").retentionPeriod(seconds(QueuePlan.DEAD_LETTER_RETENTION))
        .encryption(QueueEncryption.SQS_MANAGED).build();
  }

  void add(EventSourcePlan plan, FunctionConstructs functions, FunctionPlan function) {
    Construct scope = plan.deadLetters().isPresent()
        ? (Construct) resources.get(Kind.TABLE, plan.of(), TableV2.class).getNode().findChild(CHANGES)
        : (Construct) requireNonNull(resources.get(Kind.QUEUE, plan.of(), Queue.class).getNode().getScope());
    functions.add(function, scope);
    CfnEventSourceMapping.Builder source = CfnEventSourceMapping.Builder.create(scope, "Source")
        .eventSourceArn(text.text(plan.source()))
        .functionName(resources.get(Kind.ALIAS, plan.path(), Alias.class).getFunctionArn())
        .batchSize(plan.batchSize())
        .functionResponseTypes(List.of(EventSourcePlan.RESPONSE_TYPE));
    if (plan.batchingWindow() > 0) source.maximumBatchingWindowInSeconds(plan.batchingWindow());
    plan.deadLetters().ifPresent(
        deadLetters -> source.startingPosition(EventSourcePlan.START).bisectBatchOnFunctionError(true)
            .maximumRetryAttempts(EventSourcePlan.RETRIES).parallelizationFactor(EventSourcePlan.PARALLEL)
            .destinationConfig(
                CfnEventSourceMapping.DestinationConfigProperty.builder()
                    .onFailure(
                        CfnEventSourceMapping.OnFailureProperty.builder().destination(text.text(deadLetters)).build())
                    .build()));
    resources.put(Kind.EVENT_SOURCE, plan.path(), source.build());
  }
}
