package dev.pinion.lambda;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client that a thread of its own makes, as TLS takes its time to be ready, while the function goes on
 * starting; the first request waits for it. Any thread.
 */
final class StartingHttp implements SdkHttpClient {
  private final FutureTask<SdkHttpClient> client;

  StartingHttp(Callable<SdkHttpClient> make) {
    client = new FutureTask<>(make);
    Thread.ofPlatform().daemon().name("pinion-http").start(client);
  }

  private SdkHttpClient client() {
    try {
      return client.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("there is no HTTP client", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the HTTP client starts", e);
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return client().prepareRequest(request);
  }

  @Override
  public String clientName() {
    return "UrlConnection";
  }

  @Override
  public void close() {
    client().close();
  }
}
