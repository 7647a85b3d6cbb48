package dovetail.dmarc.report;

import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes elements as XML 1.0, each on a line of its own, however its text is: line breaks in it are
 * escaped, and what XML cannot carry is replaced. What is written goes into memory, so that nothing
 * can fail.
 */
final class ElementWriter {
  private final XMLStreamWriter xml;

  private ElementWriter(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** What writes; failing is not foreseen. */
  @FunctionalInterface
  interface Content {
    void write(ElementWriter to) throws XMLStreamException;
  }

  /**
   * Writes a document of UTF-8.
   *
   * @param root its name, in that namespace
   */
  static void document(OutputStream out, String root, String namespace, Content content) {
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement(root);
      xml.writeDefaultNamespace(namespace);
      xml.writeCharacters("\n");
      content.write(new ElementWriter(xml));
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.writeCharacters("\n");
      xml.close();
    } catch (XMLStreamException e) {
      throw unforeseen(e);
    }
  }

  /** One element as a line of text without its end: no declaration, no namespace. */
  static String line(Element element) {
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      new ElementWriter(xml).element(element);
      xml.close();
    } catch (XMLStreamException e) {
      throw unforeseen(e);
    }
    return out.toString();
  }

  private static IllegalStateException unforeseen(XMLStreamException cause) {
    return new IllegalStateException("writing into memory has failed", cause);
  }

  /** A child of the root. */
  void child(Element child) throws XMLStreamException {
    element(child);
    xml.writeCharacters("\n");
  }

  private void element(Element element) throws XMLStreamException {
    xml.writeStartElement(element.name());
    text(XmlText.carried(element.text()));
    for (Element child : element.children()) {
      element(child);
    }
    xml.writeEndElement();
  }

  /** Readers turn a bare CR into LF, and text that is kept line by line must stay one. */
  private void text(String text) throws XMLStreamException {
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\r' || c == '\n') {
        xml.writeCharacters(text.substring(start, at));
        xml.writeEntityRef("#" + (int) c);
        start = at + 1;
      }
    }
    xml.writeCharacters(text.substring(start));
  }
}
