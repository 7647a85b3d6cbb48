package dovetail.cli;

import dovetail.auth.password.Secret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Takes passwords from where nobody else sees them: standard input or the terminal. */
final class Passwords {
  private static final int MOST = 1000;

  private final InputStream in;

  Passwords(InputStream in) {
    this.in = in;
  }

  /** The first line of standard input, in UTF-8. */
  char[] read() throws FailureException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // refuses what is no UTF-8
    try {
      String line = new BufferedReader(new InputStreamReader(in, decoder)).readLine();
      return checked(line == null ? new char[0] : line.toCharArray());
    } catch (CharacterCodingException e) {
      throw new FailureException(Exit.NO, "the password is not in UTF-8", e);
    } catch (IOException e) {
      throw new FailureException(Exit.TEMPORARY, "standard input: " + e.getMessage(), e);
    }
  }

  /** What is typed twice without being shown. */
  char[] prompt(String what) throws FailureException {
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(() ->
                new FailureException(
                    Exit.USAGE,
                    "there is no terminal to ask for the password: use --password-stdin"));
    char[] first = checked(typed(console, "Password for " + what + ": "));
    char[] second = typed(console, "Again: ");
    boolean same = Arrays.equals(first, second);
    Arrays.fill(second, ' ');
    if (!same) {
      throw new FailureException(Exit.NO, "the two passwords differ");
    }
    return first;
  }

  private static char[] typed(Console console, String prompt) throws FailureException {
    char[] typed = console.readPassword("%s", prompt);
    if (typed == null) {
      throw new FailureException(Exit.NO, "no password was given");
    }
    return typed;
  }

  /** How many octets it has in UTF-8, of which nothing is left in memory. */
  private static int octets(char[] password) {
    int octets = 0;
    for (char c : password) {
      octets += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return octets;
  }

  private static char[] checked(char[] password) throws FailureException {
    if (password.length == 0) {
      throw new FailureException(Exit.NO, "the password is empty");
    }
    if (password.length > MOST) {
      throw new FailureException(Exit.NO, "the password is longer than " + MOST + " characters");
    }
    if (octets(password) > Secret.MOST_OCTETS) {
      throw new FailureException(
          Exit.NO, "the password is longer than " + Secret.MOST_OCTETS + " octets");
    }
    for (char c : password) {
      if (c < ' ' || c == 0x7f) {
        throw new FailureException(Exit.NO, "the password holds a control character");
      }
    }
    return password;
  }
}
