package dovetail.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** What is written keeps to the schema, and old readers find what they look for. */
final class ReportSchemaTest {
  private static final String SPF_TYPES =
      "type=\"SPFResultType\"\n                   minOccurs=\"1\"/>";

  /**
   * The schema of the suite, which is not quite that of RFC 9990 Appendix A, and none that can be
   * used as it is. Each mend gives it what the RFC's own has.
   */
  private static String mended(String schema) {
    // Types are referred to without the namespace that they are in, and elements are in none.
    schema =
        replaced(
            schema,
            "targetNamespace=\"" + ReportWriter.NAMESPACE + "\"",
            "targetNamespace=\"%1$s\" xmlns=\"%1$s\" elementFormDefault=\"qualified\""
                .formatted(ReportWriter.NAMESPACE));
    // <version> is missing.
    schema =
        replaced(
            schema,
            "<xs:element name=\"report_metadata\"",
            "<xs:element name=\"version\" type=\"xs:decimal\" minOccurs=\"0\"/>"
                + "<xs:element name=\"report_metadata\"");
    // <generator> is missing.
    schema =
        replaced(
            schema,
            "maxOccurs=\"unbounded\"/>\n     </xs:sequence>\n   </xs:complexType>\n\n"
                + "   <!-- Alignment mode",
            "maxOccurs=\"1\"/><xs:element name=\"generator\" type=\"xs:string\" minOccurs=\"0\"/>"
                + "</xs:sequence></xs:complexType><!-- Alignment mode");
    // <testing> is named as its tag.
    schema =
        replaced(
            schema,
            "<xs:element name=\"t\" type=\"xs:string\"",
            "<xs:element name=\"testing\" type=\"xs:string\"");
    // What was done may be "pass", which no domain asks for.
    schema =
        replaced(
            schema,
            "<xs:element name=\"disposition\" type=\"DispositionType\"/>",
            "<xs:element name=\"disposition\"><xs:simpleType><xs:restriction base=\"xs:string\">"
                + "<xs:enumeration value=\"none\"/><xs:enumeration value=\"pass\"/>"
                + "<xs:enumeration value=\"quarantine\"/><xs:enumeration value=\"reject\"/>"
                + "</xs:restriction></xs:simpleType></xs:element>");
    // SPF has a <human_result> as DKIM has, and may be missing itself.
    schema =
        replaced(
            schema,
            SPF_TYPES,
            SPF_TYPES + "<xs:element name=\"human_result\" type=\"xs:string\" minOccurs=\"0\"/>");
    return replaced(
        schema,
        "type=\"SPFAuthResultType\" minOccurs=\"1\"",
        "type=\"SPFAuthResultType\" minOccurs=\"0\"");
  }

  private static String replaced(String schema, String old, String mend) {
    assertThat(schema).as("the part to be mended").containsOnlyOnce(old);
    return schema.replace(old, mend);
  }

  @Test
  void keepsToTheMendedSchema() throws Exception {
    Path file =
        Path.of(System.getProperty("dovetail.suites", "."), "dmarc", "rfc9990-dmarc-2.0.xsd");
    assumeTrue(Files.exists(file), () -> "no schema at " + file);
    Schema schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(new StreamSource(new StringReader(mended(Files.readString(file)))));
    List<UnaryOperator<String>> texts =
        List.of(text -> text, text -> "]]>&<" + text, text -> text + "\0\uD800\uFFFF");
    for (UnaryOperator<String> text : texts) {
      validate(schema, ReportWriter.write(Reports.full(text)));
    }
    String good = new String(ReportWriter.write(Reports.full()), StandardCharsets.UTF_8);
    String wrong = good.replace("<p>reject</p>", "<p>pass</p>");
    assertThatThrownBy(() -> validate(schema, wrong.getBytes(StandardCharsets.UTF_8)))
        .as("the schema is one that refuses")
        .isInstanceOf(SAXException.class);
  }

  /** What the format of RFC 7489 has as well, and where. */
  @Test
  void oldReadersFindWhatTheyNeed() throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(ReportWriter.write(Reports.full())));
    for (String path :
        List.of(
            "version=1.0",
            "report_metadata/org_name=Receiver",
            "report_metadata/email=dmarc@mx.example",
            "report_metadata/report_id=1-2.a.shop.example@mx.example",
            "report_metadata/date_range/begin=1700006400",
            "report_metadata/date_range/end=1700092799",
            "policy_published/domain=shop.example",
            "policy_published/adkim=s",
            "policy_published/aspf=r",
            "policy_published/p=reject",
            "policy_published/sp=quarantine",
            "policy_published/fo=1:d:s",
            "record/row/source_ip=2001:db8:0:0:0:0:0:7",
            "record/row/count=5",
            "record/row/policy_evaluated/disposition=quarantine",
            "record/row/policy_evaluated/dkim=fail",
            "record/row/policy_evaluated/spf=fail",
            "record/row/policy_evaluated/reason/type=policy_test_mode",
            "record/identifiers/header_from=news.shop.example",
            "record/identifiers/envelope_from=bounce.example",
            "record/auth_results/dkim/domain=other.example",
            "record/auth_results/dkim/selector=s1",
            "record/auth_results/dkim/result=permerror",
            "record/auth_results/spf/domain=bounce.example",
            "record/auth_results/spf/scope=mfrom",
            "record/auth_results/spf/result=softfail")) {
      String[] parts = path.split("=", 2);
      assertThat(at(document.getDocumentElement(), parts[0])).as(parts[0]).contains(parts[1]);
    }
  }

  /** The text of the first element there, by names without namespaces. */
  private static Optional<String> at(Node parent, String path) {
    String[] parts = path.split("/", 2);
    for (int i = 0; i < parent.getChildNodes().getLength(); i++) {
      Node child = parent.getChildNodes().item(i);
      if (child.getNodeName().equals(parts[0])) {
        return parts.length == 1 ? Optional.of(child.getTextContent()) : at(child, parts[1]);
      }
    }
    return Optional.empty();
  }

  private static void validate(Schema schema, byte[] xml) throws Exception {
    schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
  }
}
