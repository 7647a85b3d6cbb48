package dovetail.cli.opendkim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of opendkim, which are short. */
final class TextFile {
  private static final int MOST = 16 * 1024 * 1024;

  /** A line that says something, with its number. */
  record Line(String place, String text) {}

  private TextFile() {}

  static byte[] read(Path file, int most) throws OpenDkimException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw new OpenDkimException(file + ": larger than " + most + " bytes");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new OpenDkimException(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new OpenDkimException(file + ": cannot be read: permission denied", e);
    } catch (IOException e) {
      throw new OpenDkimException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The lines without comments and without empty ones. */
  static List<Line> lines(Path file) throws OpenDkimException {
    String text = new String(read(file, MOST), StandardCharsets.UTF_8);
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\r?\n", -1)) {
      number++;
      String content = line.replaceFirst("#.*", "").strip();
      if (!content.isEmpty()) {
        lines.add(new Line(file + ", line " + number, content));
      }
    }
    return lines;
  }
}
