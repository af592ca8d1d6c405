package app;

import dev.pinion.Cloud;
import dev.pinion.Definition;
import dev.pinion.DefinitionException;
import dev.pinion.Discriminator;
import dev.pinion.DiscriminatorValue;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.spi.MessageType;
import dev.pinion.spi.RecordType;
import dev.pinion.spi.UnsupportedTypeException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Which types a route can have, and what the others are told. In a user's package, so that lines are found. */
class MessageTypesTest {
  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  record Group(List<Shape> shapes, Optional<Group> parent) implements Shape {}

  record Page<T>(List<T> rows, Map<String, T> byName) {}

  record Posts(Page<Circle> page, Page<Shape> shapes, Page<?> any) {}

  sealed interface Result<T> {}

  record Ok<T>(T value) implements Result<T> {}

  record Failed<T>(String why) implements Result<T> {}

  record Answer(Result<Integer> result) {}

  static class Pojo {
    String name = "";
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Dated(Date at, int[] marks, ArrayList<String> names, StringBuilder text) {}

  record Raw(Page<Pojo> page) {}

  interface Open {}

  record Holder(Open open, Table table, Item item) {}

  record Endless<T>(Optional<Endless<List<T>>> next) {}

  record Ends(Endless<String> endless) {}

  record Keys(Map<Double, String> byNumber, Map<List<String>, String> byList) {}

  sealed interface Mixed {}

  record Part(int x) implements Mixed {}

  static final class Other implements Mixed {}

  sealed interface Typed {}

  record Named(String type) implements Typed {}

  sealed interface Same {}

  @DiscriminatorValue("one")
  record First() implements Same {}

  @DiscriminatorValue("one")
  record Second() implements Same {}

  @Discriminator("kind")
  sealed interface Kind {}

  sealed interface Event {}

  record Both() implements Kind, Event {}

  @ParameterizedTest
  @ValueSource(classes = {Shape.class, Circle.class, Posts.class, Answer.class, Map.class, List.class, Set.class,
    Object.class, String.class, CharSequence.class, int.class, Integer.class, UUID.class, byte[].class})
  void isSupported(Class<?> type) {
    assertThat(MessageType.of(type)).isNotNull();
  }

  static List<org.junit.jupiter.params.provider.Arguments> unsupported() {
    return List.of(
        arguments(Pojo.class, List.of("Pojo is not supported in messages: use a record")),
        arguments(Date.class, List.of("Date is not supported in messages: use java.time.Instant")),
        arguments(StringBuilder.class, List.of("StringBuilder is not supported in messages: use String")),
        arguments(Table.class, List.of("Table is not supported in messages: use the rows")),
        arguments(String[].class, List.of("String[] is not supported in messages: use List<String>")),
        arguments(Open.class, List.of("Open is an interface that is not sealed: make it a sealed interface")),
        arguments(Page.class, List.of("Page has type parameters, which a route's own type cannot have: use a record"
            + " with a component of it, such as record Message(Page<String> value)")),
        arguments(Optional.class, List.of("Optional has type parameters")),
        arguments(Dated.class, List.of("Dated.at is of type Date, which is not supported in messages: use java.time.I",
            "Dated.marks is of type int[], which is not supported in messages: use List<Integer>",
            "Dated.names is of type ArrayList, which is not supported in messages: use List",
            "Dated.text is of type StringBuilder, which is not supported in messages: use String")),
        arguments(Raw.class, List.of("Raw.page is of type Pojo, which is not supported in messages: use a record")),
        arguments(Holder.class, List.of("Holder.open is of type Open, which is an interface that is not sealed",
            "Holder.table is of type Table", "Holder.item is of type Item")),
        arguments(Ends.class, List.of("Endless.next contains its own type with ever more arguments")),
        arguments(Keys.class, List.of("Keys.byNumber is a map whose keys have no text: use String",
            "Keys.byList is a map whose keys have no text")),
        arguments(Mixed.class, List.of("Mixed permits Other, which is not a record: make it one")),
        arguments(Typed.class, List.of("Named.type has the name of the discriminator")),
        arguments(Same.class, List.of("Same permits two records with the discriminator 'one'")),
        arguments(Both.class, List.of("Both has the discriminators 'kind' and 'type' of several sealed interfaces")));
  }

  @ParameterizedTest
  @MethodSource
  void unsupported(Class<?> type, List<String> problems) {
    List<String> found =
        catchThrowableOfType(UnsupportedTypeException.class, () -> MessageType.of(type)).problems();
    assertThat(found).hasSameSizeAs(problems);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).startsWith(problems.get(i));
    }
  }

  @Test
  void everyRouteIsCheckedWhereItIsDeclared() {
    int line = StackWalker.getInstance().walk(frames -> frames.findFirst()).orElseThrow().getLineNumber();
    DefinitionException mistakes = catchThrowableOfType(DefinitionException.class, () -> Definition.of(this::define));
    assertThat(mistakes.problems()).extracting(DefinitionException.Problem::toString)
        .satisfiesExactly(
            pojo -> assertThat(pojo).startsWith("MessageTypesTest.java:" + (line + 14) + ": webSocket 'ws' has the"
                + " route 'pojo' with the message type Pojo: Pojo is not supported in messages: use a record"),
            raw -> assertThat(raw).startsWith("MessageTypesTest.java:" + (line + 15) + ": webSocket 'ws' has the"
                + " route '$default' with the message type Page: Page has type parameters"));
    assertThat(Definition.ofCompiled(this::define).model().webSockets()).hasSize(1);
  }

  private void define(Cloud cloud) {
    WebSocket ws = cloud.webSocket("ws").create();
    ws.onRoute("fits", Shape.class, (c, shape) -> {});
    ws.onRequest("pojo", Pojo.class, (c, pojo) -> pojo);
    ws.onMessage(Page.class, (c, page) -> {});
  }

  @Test
  void recordsOfASealedInterfaceKnowTheirDiscriminator() {
    assertThat(RecordType.tagOf(Circle.class)).contains(new RecordType.Tag("type", "Circle"));
    assertThat(RecordType.tagOf(First.class)).contains(new RecordType.Tag("type", "one"));
    assertThat(RecordType.tagOf(Dated.class)).isEmpty();
  }

  @Test
  void valuesThatCannotBeSentAreNamed() {
    assertThat(MessageType.unsupported(Circle.class)).isEmpty();
    assertThat(MessageType.unsupported(StringBuilder.class)).isEmpty();
    assertThat(MessageType.unsupported(List.of().getClass())).isEmpty();
    assertThat(MessageType.unsupported(Stream.of(1).getClass()))
        .hasValueSatisfying(
            problem -> assertThat(problem).startsWith("Stream is").endsWith("use a List, such as stream.toList()"));
    Runnable lambda = () -> {};
    assertThat(MessageType.unsupported(lambda.getClass()))
        .contains("a lambda is not supported in messages: use a value");
  }
}
