import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.HttpApi;

/** Answers HTTP requests: as they are, and with JSON that a type describes. */
public final class Web implements App {
  record Note(String text, int count) {}

  @Override
  public void define(Cloud cloud) {
    HttpApi http = cloud.httpApi("web").create();
    http.on("GET /hello/{name}", request -> "hello, " + request.path("name"));
    http.on("POST /notes", Note.class, (request, note) -> new Note(note.text(), note.count() + 1));
  }
}
