package dovetail.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * How a command ended, and what it wrote.
 *
 * @param status its exit status
 * @param out what it wrote to standard output; one character for each byte
 * @param err what it wrote to standard error
 */
record Run(int status, String out, String err) {
  static Run of(Object... arguments) {
    return withInput("", arguments);
  }

  static Run withInput(String input, Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    int status =
        DovetailCommand.commandLine(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.ISO_8859_1)), mail)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(texts);
    return new Run(status, out + mail.toString(StandardCharsets.ISO_8859_1), err.toString());
  }
}
