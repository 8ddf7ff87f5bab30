package dev.faultline.history.formats;

import dev.faultline.history.HistoryException;
import java.util.Arrays;
import java.util.List;

/** A way to write a history down. */
public enum Format {
  /** Ours. */
  NATIVE("jsonl", "JSON lines, Faultline's own"),
  /** Maps with {@code :process :type :f :value}: Knossos, Jepsen, elle-cli. */
  EDN("edn", "Jepsen's and Knossos' maps in EDN, in a vector or one after another"),
  /** The same maps in JSON. */
  JSON("json", "the same maps in JSON, as elle-cli takes them"),
  /** Logs of etcd runs. */
  ETCD("etcd-log", "logs of etcd runs, as Porcupine has them"),
  /** Maps of a key-value store. */
  KV("kv-log", "logs of a key-value store, as Porcupine has them"),
  /** Calls and returns. */
  LIMO("limo", "LiMo's calls and returns"),
  /** Operations with two stamps, without processes. */
  POLYLIN("polylin", "PolyLin's operations with stamps"),
  /** Operations with two stamps and their process. */
  FPTLIN("fptlin", "fptlin's operations with processes and stamps"),
  /** {@code r(key,value,session,txn)}. */
  PLUME("plume", "transactions as text, of Plume and PolySI"),
  /** {@code r key value}, with rules between. */
  AWDIT("awdit", "transactions as text, of AWDIT"),
  /** A folder of binary logs. */
  COBRA("cobra", "transactions as a folder of binary logs, of Cobra"),
  /** Binary. */
  DBCOP("dbcop", "transactions in binary, of DBCop and PolySI");

  private final String id;
  private final String summary;

  Format(String id, String summary) {
    this.id = id;
    this.summary = summary;
  }

  /** The word on the command line. */
  public String id() {
    return id;
  }

  /** What it is, for people. */
  public String summary() {
    return summary;
  }

  /** Whether it holds transactions and nothing else. */
  public boolean transactions() {
    return switch (this) {
      case PLUME, AWDIT, COBRA, DBCOP -> true;
      case NATIVE, EDN, JSON, ETCD, KV, LIMO, POLYLIN, FPTLIN -> false;
    };
  }

  /** All ids. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Format::id).toList();
  }

  /**
   * The format of an id.
   *
   * @throws HistoryException if there is none
   */
  public static Format of(String id) {
    for (Format format : values()) {
      if (format.id.equals(id)) {
        return format;
      }
    }
    throw new HistoryException("no format '%s'; known: %s".formatted(id, String.join(", ", ids())));
  }
}
