package dovetail.milter.wire;

/** The letters and bits of the milter protocol; Sendmail's names stand in the comments. */
public final class Protocol {
  /** The version that we speak, and the least that we accept. */
  public static final int VERSION = 6;

  /** The longest body chunk that libmilter and Postfix send, in bytes. */
  public static final int MAX_CHUNK = 65_535;

  // What a filter may ask to do.
  public static final int ADD_HEADERS = 1; // SMFIF_ADDHDRS
  public static final int ADD_RECIPIENTS = 1 << 2; // SMFIF_ADDRCPT
  public static final int CHANGE_HEADERS = 1 << 4; // SMFIF_CHGHDRS
  public static final int QUARANTINE = 1 << 5; // SMFIF_QUARANTINE
  public static final int ADD_RECIPIENTS_WITH_PARAMETERS = 1 << 7; // SMFIF_ADDRCPT_PAR
  public static final int SET_MACRO_LISTS = 1 << 8; // SMFIF_SETSYMLIST

  // What a filter may ask not to be sent, or not to be waited for.
  public static final int NO_UNKNOWN = 1 << 8; // SMFIP_NOUNKNOWN
  public static final int NO_REPLY_HEADER = 1 << 7; // SMFIP_NR_HDR
  public static final int NO_REPLY_CONNECT = 1 << 12; // SMFIP_NR_CONN
  public static final int NO_REPLY_HELO = 1 << 13; // SMFIP_NR_HELO
  public static final int NO_REPLY_MAIL = 1 << 14; // SMFIP_NR_MAIL
  public static final int NO_REPLY_RCPT = 1 << 15; // SMFIP_NR_RCPT
  public static final int NO_REPLY_DATA = 1 << 16; // SMFIP_NR_DATA
  public static final int NO_REPLY_UNKNOWN = 1 << 17; // SMFIP_NR_UNKN
  public static final int NO_REPLY_END_OF_HEADERS = 1 << 18; // SMFIP_NR_EOH
  public static final int NO_REPLY_BODY = 1 << 19; // SMFIP_NR_BODY
  public static final int LEADING_SPACE = 1 << 20; // SMFIP_HDR_LEADSPC

  /** Every event goes by without an answer, so that a message costs one round trip. */
  public static final int NO_REPLY =
      NO_REPLY_HEADER
          | NO_REPLY_CONNECT
          | NO_REPLY_HELO
          | NO_REPLY_MAIL
          | NO_REPLY_RCPT
          | NO_REPLY_DATA
          | NO_REPLY_UNKNOWN
          | NO_REPLY_END_OF_HEADERS
          | NO_REPLY_BODY;

  /** All events that Postfix can leave out or not wait for. */
  public static final int ALL_EVENTS = 0x1F_FFFF;

  /** All edits that Postfix can be asked for. */
  public static final int ALL_ACTIONS = 0x1FF;

  // Stages for which a filter may name the macros that it wants.
  static final int STAGE_CONNECT = 0;
  static final int STAGE_MAIL = 2;
  static final int STAGE_RCPT = 3;
  static final int STAGE_DATA = 4;
  static final int STAGE_END_OF_MESSAGE = 5;
  static final int STAGE_END_OF_HEADERS = 6;

  // Commands of the MTA.
  static final char ABORT = 'A'; // SMFIC_ABORT
  static final char BODY = 'B'; // SMFIC_BODY
  static final char CONNECT = 'C'; // SMFIC_CONNECT
  static final char MACROS = 'D'; // SMFIC_MACRO
  static final char END_OF_MESSAGE = 'E'; // SMFIC_BODYEOB
  static final char HELO = 'H'; // SMFIC_HELO
  static final char QUIT_NEW_CONNECTION = 'K'; // SMFIC_QUIT_NC
  static final char HEADER = 'L'; // SMFIC_HEADER
  static final char MAIL = 'M'; // SMFIC_MAIL
  static final char END_OF_HEADERS = 'N'; // SMFIC_EOH
  static final char NEGOTIATE = 'O'; // SMFIC_OPTNEG
  static final char QUIT = 'Q'; // SMFIC_QUIT
  static final char RCPT = 'R'; // SMFIC_RCPT
  static final char DATA = 'T'; // SMFIC_DATA
  static final char UNKNOWN = 'U'; // SMFIC_UNKNOWN

  // Answers and edits of the filter.
  static final char ACCEPT = 'a'; // SMFIR_ACCEPT
  static final char CONTINUE = 'c'; // SMFIR_CONTINUE
  static final char TEMPFAIL = 't'; // SMFIR_TEMPFAIL
  static final char REPLY_CODE = 'y'; // SMFIR_REPLYCODE
  static final char INSERT_HEADER = 'i'; // SMFIR_INSHEADER
  static final char CHANGE_HEADER = 'm'; // SMFIR_CHGHEADER
  static final char HOLD = 'q'; // SMFIR_QUARANTINE
  static final char ADD_RECIPIENT = '+'; // SMFIR_ADDRCPT
  static final char ADD_RECIPIENT_WITH_PARAMETERS = '2'; // SMFIR_ADDRCPT_PAR

  private Protocol() {}
}
