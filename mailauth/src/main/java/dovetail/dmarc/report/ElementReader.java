package dovetail.dmarc.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML one child of its root at a time, bounded in depth, width and text. A document type is
 * refused, and with it all entities of its own: a report needs none.
 */
final class ElementReader {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_TEXT = 16_384;

  /** In one child of the root: rows with thousands of signatures are no report. */
  private static final int MAX_ELEMENTS = 10_000;

  private final XMLStreamReader xml;
  private int elements;

  private ElementReader(XMLStreamReader xml) {
    this.xml = xml;
  }

  /**
   * Reads as far as the root.
   *
   * @throws ReportException if the root has another name
   */
  static ElementReader open(InputStream in, String root)
      throws IOException, XMLStreamException, ReportException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    // They count the references that all XML has, such as &amp;, and there are no others here.
    factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", 0);
    factory.setProperty("jdk.xml.totalEntitySizeLimit", 0);
    ElementReader reader = new ElementReader(XmlSource.of(in).open(factory));
    for (int event = reader.step();
        event != XMLStreamConstants.START_ELEMENT;
        event = reader.step()) {
      if (event == XMLStreamConstants.DTD) {
        throw new ReportException("a document type, which no report needs");
      }
    }
    String name = reader.xml.getLocalName();
    if (!name.equals(root)) {
      throw new ReportException("<" + name + "> where <" + root + "> should be");
    }
    return reader;
  }

  /** There is bad XML that the JDK answers with errors of its own. */
  private int step() throws XMLStreamException {
    try {
      return xml.next();
    } catch (RuntimeException e) {
      throw new XMLStreamException("the parser has failed", xml.getLocation(), e);
    }
  }

  /** Reads the root whole, with all that is in it; for text of our own. */
  static Element whole(String text, String root) throws ReportException {
    try {
      ElementReader reader =
          open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), root);
      Element element = reader.element(1);
      reader.end();
      return element;
    } catch (IOException | XMLStreamException e) {
      throw new ReportException("no XML that can be read", e);
    }
  }

  /** The next child of the root; nothing when the document is over. */
  Optional<Element> next() throws XMLStreamException, ReportException {
    elements = 0;
    for (int event = step(); event != XMLStreamConstants.END_ELEMENT; event = step()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        return Optional.of(element(1));
      }
    }
    end();
    return Optional.empty();
  }

  /** What comes behind the root is looked at, too: XML that is cut or glued is a fault. */
  private void end() throws XMLStreamException {
    while (xml.hasNext()) {
      step();
    }
  }

  private Element element(int depth) throws XMLStreamException, ReportException {
    elements++;
    if (depth > MAX_DEPTH || elements > MAX_ELEMENTS) {
      throw new ReportException("too many elements in one another");
    }
    String name = xml.getLocalName();
    StringBuilder text = new StringBuilder();
    List<Element> children = new ArrayList<>();
    while (true) {
      switch (step()) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
        case XMLStreamConstants.END_ELEMENT -> {
          // XML 1.1 has characters that 1.0 cannot carry on.
          String carried = XmlText.carried(text.toString());
          return new Element(name, carried.strip(), List.copyOf(children));
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (text.length() + xml.getTextLength() > MAX_TEXT) {
            throw new ReportException("too much text in <" + name + ">");
          }
          text.append(xml.getText());
        }
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new ReportException("an entity of its own in <" + name + ">");
        default -> {}
      }
    }
  }
}
