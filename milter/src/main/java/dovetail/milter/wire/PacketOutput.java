package dovetail.milter.wire;

import dovetail.mail.HeaderField;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects packets, so that all that answers one event leaves in one write. */
final class PacketOutput {
  private static final String WANTED_AT_CONNECT = "{daemon_name}";
  private static final String WANTED_AT_MAIL = "i {auth_authen} {mail_addr}";
  private static final String WANTED_AT_RCPT = "i {rcpt_addr}";
  private static final String QUEUE_ID = "i";

  private final MilterCodec.Sink sink;
  private byte[] buffer = new byte[512];
  private int size;
  private int start;

  PacketOutput(MilterCodec.Sink sink) {
    this.sink = sink;
  }

  void flush() throws IOException {
    int length = size;
    size = 0;
    sink.write(ByteBuffer.wrap(buffer, 0, length));
  }

  void negotiation(Negotiation agreed) {
    begin(Protocol.NEGOTIATE);
    putInt(agreed.version());
    putInt(agreed.actions());
    putInt(agreed.events());
    if (agreed.macroLists()) {
      macroList(Protocol.STAGE_CONNECT, WANTED_AT_CONNECT);
      macroList(Protocol.STAGE_MAIL, WANTED_AT_MAIL);
      macroList(Protocol.STAGE_RCPT, WANTED_AT_RCPT);
      macroList(Protocol.STAGE_DATA, QUEUE_ID);
      macroList(Protocol.STAGE_END_OF_HEADERS, QUEUE_ID);
      macroList(Protocol.STAGE_END_OF_MESSAGE, QUEUE_ID);
    }
    end();
  }

  private void macroList(int stage, String names) {
    putInt(stage);
    putString(names);
  }

  void reply(Reply reply) {
    switch (reply) {
      case Reply.Continue() -> begin(Protocol.CONTINUE);
      case Reply.Accept() -> begin(Protocol.ACCEPT);
      case Reply.Refuse(int code, String enhanced, String text) -> {
        begin(Protocol.REPLY_CODE);
        // The MTA expands the text as a format.
        putString(code + " " + enhanced + " " + text.replace("%", "%%"));
      }
    }
    end();
  }

  void edit(Edit edit) {
    switch (edit) {
      case Edit.InsertHeader(int index, HeaderField field) -> {
        begin(Protocol.INSERT_HEADER);
        putInt(index);
        putField(field);
      }
      case Edit.DeleteHeader(String name, int occurrence) -> {
        begin(Protocol.CHANGE_HEADER);
        putInt(occurrence);
        putString(name);
        putString("");
      }
      case Edit.Hold(String reason) -> {
        begin(Protocol.HOLD);
        putString(reason);
      }
      case Edit.AddRecipient(String path, String parameters) when parameters.isEmpty() -> {
        begin(Protocol.ADD_RECIPIENT);
        putString(path);
      }
      case Edit.AddRecipient(String path, String parameters) -> {
        begin(Protocol.ADD_RECIPIENT_WITH_PARAMETERS);
        putString(path);
        putString(parameters);
      }
    }
    end();
  }

  /** Name and value, folds as LF: Postfix keeps a CR that it is sent. */
  private void putField(HeaderField field) {
    putString(field.name());
    putString(field.value().replace("\r\n", "\n"));
  }

  void begin(char letter) {
    start = size;
    putInt(0);
    put(letter);
  }

  void end() {
    ByteBuffer.wrap(buffer).putInt(start, size - start - Integer.BYTES);
  }

  void put(int b) {
    room(1);
    buffer[size++] = (byte) b;
  }

  void putShort(int value) {
    put(value >> 8);
    put(value);
  }

  void putInt(int value) {
    room(Integer.BYTES);
    ByteBuffer.wrap(buffer).putInt(size, value);
    size += Integer.BYTES;
  }

  void putString(String text) {
    putBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    put(0);
  }

  void putBytes(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void room(int bytes) {
    if (buffer.length - size < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
    }
  }
}
