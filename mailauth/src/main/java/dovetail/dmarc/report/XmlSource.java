package dovetail.dmarc.report;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Octets that are XML in some encoding. UTF-8 is decoded here: at an octet that is none the JDK
 * would give up the whole report, with a word on standard error; here it becomes U+FFFD. All other
 * encodings are left to it.
 *
 * @param utf8 whether it is UTF-8
 */
record XmlSource(InputStream in, boolean utf8) {
  private static final int LOOKED_AT = 256;
  private static final Pattern ENCODING =
      Pattern.compile("\\A<\\?xml\\s[^>]*?\\sencoding\\s*=\\s*[\"']([^\"'>]*)[\"']");
  private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii", "ascii");

  /** Looks at how it begins. */
  static XmlSource of(InputStream source) throws IOException {
    BufferedInputStream in = new BufferedInputStream(source);
    in.mark(LOOKED_AT);
    String first = new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
    in.reset();
    if (first.startsWith("\u00EF\u00BB\u00BF")) {
      in.skipNBytes(3);
      return new XmlSource(in, true);
    }
    Matcher encoding = ENCODING.matcher(first);
    boolean wide =
        first.startsWith("\u00FE\u00FF")
            || first.startsWith("\u00FF\u00FE")
            || first.substring(0, Math.min(4, first.length())).indexOf('\0') >= 0;
    boolean other = encoding.find() && !UTF_8.contains(encoding.group(1).toLowerCase(Locale.ROOT));
    return new XmlSource(in, !wide && !other);
  }

  XMLStreamReader open(XMLInputFactory factory) throws XMLStreamException {
    return utf8
        ? factory.createXMLStreamReader(new InputStreamReader(in, StandardCharsets.UTF_8))
        : factory.createXMLStreamReader(in);
  }
}
