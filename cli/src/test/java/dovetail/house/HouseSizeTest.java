package dovetail.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No file, method or list of parameters outgrows its reader. */
final class HouseSizeTest {
  @Test
  void allSourcesKeepWithinTheCaps() {
    List<Path> files = SourceTree.files("main", "test");
    assertThat(files).hasSizeGreaterThan(200);
    SizeCaps caps = new SizeCaps();
    SourceTree.parse(files, caps);
    assertThat(caps.offenders()).isEmpty();
  }

  @Test
  void theCapsThemselvesAreAllowed() {
    assertThat(offenders(file(SizeCaps.FILE_LINES))).isEmpty();
    assertThat(offenders(method(SizeCaps.BODY_LINES))).isEmpty();
    assertThat(offenders("class Planted { void five(int a, int b, int c, int d, int e) {} }"))
        .isEmpty();
  }

  @Test
  void seesALongFile() {
    assertThat(offenders(file(SizeCaps.FILE_LINES + 1)))
        .singleElement()
        .asString()
        .endsWith("Planted.java:1 the file has 401 lines");
  }

  @Test
  void seesALongMethod() {
    assertThat(offenders(method(SizeCaps.BODY_LINES + 1)))
        .singleElement()
        .asString()
        .endsWith("Planted.java:2 much has 61 lines");
  }

  @Test
  void seesALongConstructorOfAnInnerClass() {
    String source = "class Planted {\nclass In {\n In() {\n" + ";\n".repeat(61) + "}}}";
    assertThat(offenders(source)).singleElement().asString().endsWith(":3 <init> has 61 lines");
  }

  @Test
  void seesSixParameters() {
    assertThat(offenders("class Planted { Planted(int a, int b, int c, int d, int e, int f) {} }"))
        .singleElement()
        .asString()
        .endsWith(":1 <init> has 6 parameters");
  }

  @Test
  void takesAnyNumberOfComponentsAndLambdaParameters() {
    String record = "record Planted(int a, int b, int c, int d, int e, int f) { Planted {} }";
    assertThat(offenders(record)).isEmpty();
    assertThat(offenders("class Planted { Six six = (a, b, c, d, e, f) -> 0; }")).isEmpty();
  }

  private static String file(int lines) {
    return "class Planted {\n" + "\n".repeat(lines - 2) + "}\n";
  }

  private static String method(int lines) {
    return "class Planted {\nvoid much() {\n" + ";\n".repeat(lines) + "}\n}\n";
  }

  private static List<String> offenders(String source) {
    SizeCaps caps = new SizeCaps();
    SourceTree.parseText(source, caps);
    return caps.offenders();
  }
}
