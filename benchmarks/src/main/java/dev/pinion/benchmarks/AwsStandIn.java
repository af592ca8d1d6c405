package dev.pinion.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Stands in for AWS on this machine, with and without TLS. */
final class AwsStandIn implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final HttpServer plain;
  private final HttpsServer secure;
  private final Path trusted;
  private volatile boolean closing;

  private AwsStandIn(HttpServer plain, HttpsServer secure, Path trusted) {
    this.plain = plain;
    this.secure = secure;
    this.trusted = trusted;
  }

  /** Starts it, and writes a certificate into a folder. */
  static AwsStandIn start(Path folder) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Path keys = folder.resolve("keys.p12");
    Path certificate = folder.resolve("certificate.pem");
    Path trusted = folder.resolve("cacerts");
    keytool("-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-alias", "aws", "-dname", "CN=localhost", "-ext",
        "SAN=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-keystore", keys.toString());
    keytool("-exportcert", "-alias", "aws", "-keystore", keys.toString(), "-file", certificate.toString());
    // The functions read as many certificates as on AWS.
    Files.copy(Path.of(System.getProperty("java.home"), "lib/security/cacerts"), trusted);
    keytool("-importcert", "-noprompt", "-alias", "aws", "-file", certificate.toString(), "-keystore",
        trusted.toString());
    HttpsServer secure = HttpsServer.create(any, 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    AwsStandIn aws = new AwsStandIn(HttpServer.create(any, 0), secure, trusted);
    for (HttpServer each : List.of(aws.plain, aws.secure)) {
      each.createContext("/", aws::answer);
      each.start();
    }
    return aws;
  }

  private static void keytool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString(), "-storepass", PASSWORD));
    command.addAll(1, List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.onExit().join().exitValue() != 0) throw new IOException("keytool failed: " + output);
  }

  private static SSLContext context(Path keys) throws IOException {
    try (InputStream in = Files.newInputStream(keys)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var _ = exchange.getRequestBody().readAllBytes();
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      String text = target.endsWith("Scan") ? "{\"Items\": [{\"connectionId\": {\"S\": \"BFwQ_fXJFiACE1g=\"}}]}" : "{}";
      if (closing) {
        exchange.getResponseHeaders().set("Connection", "close");
      }
      exchange.sendResponseHeaders(200, text.length());
      exchange.getResponseBody().write(text.getBytes(UTF_8));
    }
  }

  /** Sets whether each connection ends with its answer, as it does for a function that is frozen in a snapshot. */
  void closing(boolean now) {
    closing = now;
  }

  /** Returns the address of all services. */
  String url(boolean tls) {
    return tls ? "https://127.0.0.1:" + secure.getAddress().getPort()
        : "http://127.0.0.1:" + plain.getAddress().getPort();
  }

  /** Returns the JVM option for a process that trusts the certificate, and as many others as the JDK does. */
  String trust() {
    return "-Djavax.net.ssl.trustStore=" + trusted;
  }

  @Override
  public void close() {
    plain.stop(0);
    secure.stop(0);
  }
}
