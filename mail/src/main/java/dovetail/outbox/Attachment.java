package dovetail.outbox;

import dovetail.mail.Atoms;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** A file that a mail carries. */
public final class Attachment {
  /** Octets of a name, as file systems have it; a header line holds three times as many. */
  private static final int MAX_NAME = 255;

  // RFC 6838 4.2
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}");

  private final String name;
  private final String mediaType;
  private final byte[] octets;

  /**
   * A file.
   *
   * @param name its name, without a folder
   * @param mediaType such as {@code application/gzip}, without parameters
   * @param octets what is in it; copied
   * @throws IllegalArgumentException if the name is empty, too long, or has a slash or a control
   *     character in it; if that is no media type, or one whose content must not be in base64 (RFC
   *     2045 6.4)
   */
  public Attachment(String name, String mediaType, byte[] octets) {
    if (name.isBlank()
        || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME
        || !name.codePoints().allMatch(c -> Atoms.isPlain(c) && c != '/')) {
      throw new IllegalArgumentException("no name of a file");
    }
    String type = mediaType.toLowerCase(Locale.ROOT);
    if (!MEDIA_TYPE.matcher(type).matches()
        || type.startsWith("multipart/")
        || type.startsWith("message/")) {
      throw new IllegalArgumentException("no media type of a file");
    }
    this.name = name;
    this.mediaType = type;
    this.octets = octets.clone();
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What it is, in lower case. */
  public String mediaType() {
    return mediaType;
  }

  /** A copy of what is in it. */
  public byte[] octets() {
    return octets.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attachment file
        && name.equals(file.name)
        && mediaType.equals(file.mediaType)
        && Arrays.equals(octets, file.octets);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return name + " (" + mediaType + ", " + octets.length + " octets)";
  }
}
