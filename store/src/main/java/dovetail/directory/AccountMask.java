package dovetail.directory;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A form of addresses: {@code *} stands for any characters, {@code ?} for one, all others for
 * themselves.
 *
 * @param text it, in lower case as addresses are
 */
public record AccountMask(String text) {
  /** That all addresses have. */
  public static final AccountMask ALL = new AccountMask("*");

  /** Before a character of a LIKE that stands for itself. */
  public static final char ESCAPE = '!';

  public AccountMask {
    text = text.toLowerCase(java.util.Locale.ROOT);
  }

  /** The same for SQL's LIKE. */
  public String like() {
    return text.codePoints()
        .mapToObj(c ->
            switch (c) {
              case '*' -> "%";
              case '?' -> "_";
              case '%', '_', ESCAPE -> ESCAPE + Character.toString(c);
              default -> Character.toString(c);
            })
        .collect(Collectors.joining());
  }

  /** Whether an address has it. */
  boolean matches(String address) {
    String pattern =
        text.codePoints()
            .mapToObj(c ->
                switch (c) {
                  case '*' -> ".*";
                  case '?' -> ".";
                  default -> Pattern.quote(Character.toString(c));
                })
            .collect(Collectors.joining());
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(address).matches();
  }
}
