package dev.pinion.inspect;

import dev.pinion.inspect.Finding.Kind;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.SourceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class InspectionChangesTest {
  private static final Use PUT = rows(RowOperation.PUT_ITEM);
  private static final Use DELETE = rows(RowOperation.DELETE_ITEM);
  private static final Use SCAN = rows(RowOperation.SCAN);
  private static final Use POST = new Use.Connections("chat", ConnectionOperation.POST);

  @Test
  void theSameIsNoDifference() {
    Inspection one = of(List.of(handler("chat/say", PUT, POST)), warning(8, "keeps state"));
    assertThat(InspectionChanges.between(one, one)).isEmpty();
  }

  @Test
  void whatAHandlerMayDoMore() {
    assertThat(changes(List.of(handler("chat/say", PUT)), List.of(handler("chat/say", PUT, DELETE, SCAN, POST))))
        .containsExactly("`chat/say` may now also delete and scan in `members`, send to connections of `chat`");
  }

  @Test
  void whatAHandlerMayDoNoLonger() {
    assertThat(changes(List.of(handler("chat/say", PUT, DELETE)), List.of(handler("chat/say", PUT))))
        .containsExactly("`chat/say` may no longer delete in `members`");
  }

  @Test
  void theRoleOfANewHandlerIsTold() {
    assertThat(changes(List.of(), List.of(handler("chat/say", PUT, new Use.Value("key")))))
        .containsExactly("`chat/say` may put in `members`, read `key`");
  }

  @Test
  void aHandlerThatIsGoneIsNot() {
    assertThat(changes(List.of(handler("chat/say", PUT)), List.of())).isEmpty();
  }

  @Test
  void anIndexIsNamed() {
    Use query = new Use.Rows("members", RowOperation.QUERY, Optional.of("byRoom"));
    assertThat(changes(List.of(handler("chat/say", PUT)), List.of(handler("chat/say", PUT, query))))
        .containsExactly("`chat/say` may now also query in `members` by the index `byRoom`");
  }

  @Test
  void whatNeedsNoPermissionIsNotTold() {
    Use url = new Use.Connections("chat", ConnectionOperation.URL);
    assertThat(changes(List.of(handler("chat/say")), List.of(handler("chat/say", url)))).isEmpty();
  }

  @Test
  void whatOnlyLeavesOutIsNotPermitted() {
    HandlerUses limited = new HandlerUses("chat/say", at(3), Map.of(PUT, List.of(), DELETE, List.of()), Set.of(DELETE),
        List.of());
    assertThat(changes(List.of(handler("chat/say", PUT, DELETE)), List.of(limited)))
        .containsExactly("`chat/say` may no longer delete in `members`");
  }

  @Test
  void findingsThatAreNewOrGone() {
    Inspection before =
        of(List.of(), warning(8, "keeps state"), warning(9, "reads the clock (Chat.java:4 > Chat.java:9)"));
    Inspection after =
        of(List.of(), warning(10, "reads the clock (Chat.java:5 > Chat.java:10)"), warning(12, "guesses"));
    assertThat(InspectionChanges.between(before, after))
        .containsExactly("Chat.java:12: warning: guesses", "no longer: Chat.java:8: warning: keeps state");
  }

  @Test
  void aSecondFindingWithTheSameWordsIsNew() {
    Inspection before = of(List.of(), warning(8, "keeps state"));
    Inspection after = of(List.of(), warning(8, "keeps state"), warning(9, "keeps state"));
    assertThat(InspectionChanges.between(before, after)).containsExactly("Chat.java:9: warning: keeps state");
  }

  private static List<String> changes(List<HandlerUses> before, List<HandlerUses> after) {
    return InspectionChanges.between(of(before), of(after));
  }

  private static Inspection of(List<HandlerUses> handlers, Finding... findings) {
    return new Inspection(handlers, List.of(findings));
  }

  private static HandlerUses handler(String path, Use... uses) {
    Map<Use, List<SourceLocation>> all = new LinkedHashMap<>();
    for (Use each : uses) {
      all.put(each, List.of());
    }
    return new HandlerUses(path, at(3), all, Set.of(), List.of());
  }

  private static Finding warning(int line, String message) {
    return new Finding(Kind.PHASE, at(line), message);
  }

  private static Use rows(RowOperation operation) {
    return new Use.Rows("members", operation, Optional.empty());
  }

  private static SourceLocation at(int line) {
    return new SourceLocation("Chat.java", line);
  }
}
