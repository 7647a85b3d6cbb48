package dovetail.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.fuzz.FuzzTarget;
import dovetail.mail.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Any text is a tag list or it is refused; what was read stands where its tags say. */
public final class TagListTarget implements FuzzTarget {
  private static final List<String> ALPHABET =
      List.of(
          ";",
          "=",
          " ",
          "\t",
          "\r\n ",
          "\r\n",
          "\r",
          "\n",
          "\0",
          "_",
          "-",
          ",",
          ":",
          "v=1;",
          "v",
          "p=",
          "b",
          "bh",
          "h=from:to",
          "a1_",
          "A",
          "9",
          "\177",
          "\u00C3\u00BC",
          "\u00FF",
          "+/==");

  @Override
  public String name() {
    return "tags";
  }

  @Override
  public List<String> alphabet() {
    return ALPHABET;
  }

  @Override
  public String run(byte[] input) {
    String octets = new String(input, StandardCharsets.ISO_8859_1);
    String outcome = read(octets);
    String decoded = new String(input, StandardCharsets.UTF_8);
    // What is beyond ASCII may be refused for its octets alone, but never be read as syntax.
    assertThat(read(decoded)).isEqualTo(outcome);
    return outcome;
  }

  private static String read(String text) {
    try {
      TagList list = TagList.parse(text);
      check(list, text);
      return list.tags().size() > 1 ? "tags" : "a tag";
    } catch (MalformedException e) {
      assertThat(e.offset()).isBetween(0L, (long) text.length());
      return e.reason();
    }
  }

  private static void check(TagList list, String text) throws MalformedException {
    assertThat(list.tags().size()).isBetween(1, TagList.MAX_TAGS);
    assertThat(list.tags().stream().map(Tag::name)).doesNotHaveDuplicates();
    // As a plain reader cuts it: at each semicolon, one of which may end the list.
    List<String> parts = List.of(text.split(";", -1));
    boolean ended = parts.size() > 1 && trimmed(parts.getLast()).isEmpty();
    assertThat(list.tags()).hasSize(parts.size() - (ended ? 1 : 0));
    int at = 0;
    int number = 0;
    for (Tag tag : list.tags()) {
      String part = parts.get(number++);
      assertThat(tag.end()).isEqualTo(at + part.length());
      assertThat(tag.start()).isEqualTo(at + part.indexOf('=') + 1);
      assertThat(trimmed(text.substring(at, tag.start() - 1))).isEqualTo(tag.name());
      assertThat(trimmed(text.substring(tag.start(), tag.end()))).isEqualTo(tag.value());
      assertThat(list.tag(tag.name())).containsSame(tag);
      assertThat(TagList.withoutSpace(tag.value())).doesNotContainAnyWhitespaces();
      at = tag.end() + 1;
    }
    checkWrittenAgain(list);
  }

  private static void checkWrittenAgain(TagList list) throws MalformedException {
    String written =
        list.tags().stream()
            .map(tag -> tag.name() + "=" + tag.value())
            .collect(Collectors.joining(";"));
    TagList again = TagList.parse(written);
    assertThat(again.tags().stream().map(Tag::name).toList())
        .isEqualTo(list.tags().stream().map(Tag::name).toList());
    assertThat(again.tags().stream().map(Tag::value).toList())
        .isEqualTo(list.tags().stream().map(Tag::value).toList());
  }

  /** Without the white space of tag lists at both ends; other white space is no part of it. */
  private static String trimmed(String text) {
    return text.replaceAll("\\A[ \t\r\n]+|[ \t\r\n]+\\z", "");
  }
}
