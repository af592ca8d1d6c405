package dev.pinion.lambda;

import dev.pinion.ServiceException;
import dev.pinion.awsclient.AwsClient;
import dev.pinion.awsclient.AwsException;
import dev.pinion.awsclient.AwsService;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.OutgoingMessage;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.QueueSender;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The app's queues on SQS. Any thread.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SQS:
 *     SendMessage</a>
 */
final class SqsSender implements QueueSender {
  private final AwsClient client;
  private final Function<QueueModel, String> url;
  private final RecordCodec json;

  /**
   * Creates the sender.
   *
   * @param url returns the URL of a queue, or throws if the function may not send to it
   */
  SqsSender(AwsClient client, Function<QueueModel, String> url, RecordCodec json) {
    this.client = client;
    this.url = url;
    this.json = json;
  }

  @Override
  public String sendMessage(QueueModel queue, OutgoingMessage message) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("QueueUrl", url.apply(queue));
    request.put("MessageBody", message.body());
    if (message.delay().isPositive()) request.put("DelaySeconds", message.delay().toSeconds());
    message.group().ifPresent(each -> request.put("MessageGroupId", each));
    message.deduplicationId().ifPresent(each -> request.put("MessageDeduplicationId", each));
    try {
      byte[] answer = client.call(AwsService.SQS, "SendMessage", json.write(request).getBytes(UTF_8));
      return Members.of(new String(answer, UTF_8), json).text("MessageId");
    } catch (AwsException e) {
      throw Refusals.sqs(e);
    } catch (MismatchException e) {
      throw unreadable(e);
    }
  }

  private static ServiceException unreadable(MismatchException e) {
    return Refusals.unreadable(new IOException("SQS answered what cannot be read: " + e.getMessage(), e));
  }
}
