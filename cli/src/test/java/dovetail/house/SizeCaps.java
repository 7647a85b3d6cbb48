package dovetail.house;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;

/** How long files, methods and lists of parameters may be. */
final class SizeCaps implements SourceTree.Visitor {
  static final int FILE_LINES = 400;
  static final int BODY_LINES = 60;
  static final int PARAMETERS = 5;

  private final List<String> offenders = new ArrayList<>();

  /** What is over a cap: {@code file:line what}. */
  List<String> offenders() {
    return List.copyOf(offenders);
  }

  @Override
  public void visit(CompilationUnitTree unit, SourcePositions positions) {
    String file = unit.getSourceFile().getName();
    long lines = text(unit).lines().count();
    if (lines > FILE_LINES) {
      offenders.add(file + ":1 the file has " + lines + " lines");
    }
    var methods =
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitMethod(MethodTree method, Void nothing) {
            check(method, new Lines(file, unit, positions));
            return super.visitMethod(method, null);
          }
        };
    methods.scan(unit, null);
  }

  /** Tells lines. */
  private record Lines(String file, CompilationUnitTree unit, SourcePositions positions) {
    long of(MethodTree method) {
      return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
    }

    /** Whether a constructor has the record's header for parameters, which stand before it. */
    boolean isCompact(MethodTree method) {
      return method.getParameters().stream()
          .anyMatch(parameter ->
              positions.getStartPosition(unit, parameter)
                  < positions.getStartPosition(unit, method));
    }

    /** Lines between the braces. */
    long inside(BlockTree body) {
      return Math.max(
          0,
          unit.getLineMap().getLineNumber(positions.getEndPosition(unit, body))
              - unit.getLineMap().getLineNumber(positions.getStartPosition(unit, body))
              - 1);
    }
  }

  private void check(MethodTree method, Lines lines) {
    String where = lines.file() + ":" + lines.of(method) + " " + method.getName();
    int parameters = lines.isCompact(method) ? 0 : method.getParameters().size();
    if (parameters > PARAMETERS) {
      offenders.add(where + " has " + parameters + " parameters");
    }
    BlockTree body = method.getBody();
    if (body != null && lines.inside(body) > BODY_LINES) {
      offenders.add(where + " has " + lines.inside(body) + " lines");
    }
  }

  private static String text(CompilationUnitTree unit) {
    try {
      return unit.getSourceFile().getCharContent(true).toString();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
