package dev.pinion.tfaws;

import dev.pinion.aws.EventSourcePlan;
import dev.pinion.aws.Expression;
import dev.pinion.aws.QueuePlan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import java.util.List;

/** Writes queues, each with the queue of its dead letters, and the mappings by which Lambda polls them. */
final class QueueResources {
  private final Hcl hcl;
  private final Block resources;

  QueueResources(Hcl hcl, Block resources) {
    this.hcl = hcl;
    this.resources = resources;
  }

  void add(QueuePlan queue) {
    Reference deadLetters = new Reference(Kind.DEAD_LETTERS, queue.path());
    queue(queue, new Reference(Kind.QUEUE, queue.path()))
        .put("visibility_timeout_seconds", queue.visibilityTimeout())
        .put("message_retention_seconds", QueuePlan.RETENTION)
        .put(
            "redrive_policy", "${jsonencode({deadLetterTargetArn = " + hcl.expression(deadLetters.get(Property.ARN))
                + ", maxReceiveCount = " + queue.maxReceives() + "})}");
    queue(queue, deadLetters).put("message_retention_seconds", QueuePlan.DEAD_LETTER_RETENTION);
  }

  private Block queue(QueuePlan queue, Reference reference) {
    Block block = resources.in("aws_sqs_queue").in(Hcl.label(reference))
        .put("name",
            Hcl.name(reference) + (reference.kind() == Kind.DEAD_LETTERS ? Hcl.DEAD_LETTERS : "") + queue.suffix());
    if (queue.fifo()) block.put("fifo_queue", true).put("content_based_deduplication", true);
    return block.put("max_message_size", QueuePlan.LARGEST_MESSAGE)
        .put("sqs_managed_sse_enabled", true)
        .put("tags", "${var.tags}");
  }

  void add(EventSourcePlan source) {
    Block mapping =
        resources.in("aws_lambda_event_source_mapping").in(Hcl.label(new Reference(Kind.EVENT_SOURCE, source.path())))
            .put("event_source_arn", hcl.template(source.source()))
            .put("function_name", hcl.template(new Reference(Kind.ALIAS, source.path()).get(Property.ARN)))
            .put("batch_size", source.batchSize())
            .put("function_response_types", List.of(EventSourcePlan.RESPONSE_TYPE));
    if (source.batchingWindow() > 0) mapping.put("maximum_batching_window_in_seconds", source.batchingWindow());
    source.deadLetters().ifPresent(each -> stream(source, mapping, each));
    mapping.put("tags", "${var.tags}");
  }

  private void stream(EventSourcePlan source, Block mapping, Expression deadLetters) {
    Reference dead = new Reference(Kind.DEAD_LETTERS, source.path());
    resources.in("aws_sqs_queue").in(Hcl.label(dead))
        .put("name", Hcl.name(dead) + Hcl.DEAD_LETTERS)
        .put("message_retention_seconds", QueuePlan.DEAD_LETTER_RETENTION)
        .put("sqs_managed_sse_enabled", true)
        .put("tags", "${var.tags}");
    mapping.put("starting_position", EventSourcePlan.START)
        .put("bisect_batch_on_function_error", true)
        .put("maximum_retry_attempts", EventSourcePlan.RETRIES)
        .put("parallelization_factor", EventSourcePlan.PARALLEL)
        .put("destination_config", new Block().put("on_failure", new Block()
            .put("destination_arn", hcl.template(deadLetters))));
  }
}
