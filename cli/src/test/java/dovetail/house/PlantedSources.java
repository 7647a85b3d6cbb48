package dovetail.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles sources that stand in tests as text. */
final class PlantedSources {
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|enum|record) (\\w+)");

  private PlantedSources() {}

  /** Compiles into a folder, against the class path of the tests, and imports the result. */
  static JavaClasses compile(Path folder, List<String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(_ -> {}, Locale.ROOT, StandardCharsets.UTF_8)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
      StringWriter complaints = new StringWriter();
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  List.of("-proc:none", "-implicit:none", "-Xlint:none"),
                  null,
                  sources.stream().map(PlantedSources::source).toList())
              .call();
      if (!compiled) {
        throw new IllegalArgumentException("planted sources do not compile:\n" + complaints);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ClassFileImporter().importPath(folder);
  }

  /** A source as the compiler takes it, under the name that its content calls for. */
  static JavaFileObject source(String text) {
    Matcher type = TYPE.matcher(text);
    String name = type.find() ? type.group(1) : "package-info";
    Matcher folder = PACKAGE.matcher(text);
    String path = folder.find() ? folder.group(1).replace('.', '/') + "/" + name : name;
    return source(URI.create("string:///" + path + ".java"), text);
  }

  /** The content of a file, under its own name. */
  static JavaFileObject source(Path file, String text) {
    return source(file.toUri(), text);
  }

  private static JavaFileObject source(URI name, String text) {
    return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
