package dovetail.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The sources of all modules, as text and as the compiler reads them. */
final class SourceTree {
  private SourceTree() {}

  /** The checkout's first folder. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("mailauth"))) {
      Path above = folder.getParent();
      if (above == null) {
        throw new IllegalStateException("these tests run inside the checkout");
      }
      folder = above;
    }
    return folder;
  }

  /** The Java files below {@code <module>/src/<kind>} of every module. */
  static List<Path> files(String... kinds) {
    try (Stream<Path> modules = Files.list(root())) {
      return modules
          .flatMap(module -> Stream.of(kinds).map(kind -> module.resolve("src").resolve(kind)))
          .filter(Files::isDirectory)
          .flatMap(SourceTree::javaFiles)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is done with each file that was parsed. */
  interface Visitor {
    void visit(CompilationUnitTree unit, SourcePositions positions);
  }

  /** Parses files without resolving anything in them. */
  static void parse(List<Path> files, Visitor visitor) {
    parseObjects(
        files.stream().map(file -> PlantedSources.source(file, read(file))).toList(), visitor);
  }

  /** Parses sources that a test has as text. */
  static void parseText(String text, Visitor visitor) {
    parseObjects(List.of(PlantedSources.source(text)), visitor);
  }

  private static void parseObjects(List<? extends JavaFileObject> sources, Visitor visitor) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(_ -> {}, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, sources);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      task.parse().forEach(unit -> visitor.visit(unit, positions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
