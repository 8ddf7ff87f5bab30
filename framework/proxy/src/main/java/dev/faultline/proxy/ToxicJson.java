package dev.faultline.proxy;

import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Toxics as requests describe them: unknown members are ignored, null is as absent. */
final class ToxicJson {
  private ToxicJson() {}

  /** A new toxic; by default downstream, on every connection, named {@code type_stream}. */
  static ToxicSpec read(JsonView body) {
    try {
      String name = text(body, "name", "");
      String type = text(body, "type", "");
      String streamText = text(body, "stream", "downstream");
      double toxicity = number(body, 1.0);
      Stream stream = Stream.parse(streamText);
      if (stream == null) {
        throw new ApiException(400, "stream was invalid, can be either upstream or downstream");
      }
      List<String> attributes = Toxics.ATTRIBUTES.get(type);
      if (attributes == null) {
        throw new ApiException(400, "invalid toxic type");
      }
      Map<String, Long> values = new LinkedHashMap<>();
      attributes.forEach(attribute -> values.put(attribute, 0L));
      return new ToxicSpec(
          name.isEmpty() ? type + "_" + streamText : name,
          type,
          stream,
          toxicity,
          given(body, values));
    } catch (JsonException e) {
      throw ApiException.badBody(String.valueOf(e.getMessage()));
    }
  }

  /** A toxic with the attributes and the toxicity that are given. */
  static ToxicSpec changed(ToxicSpec toxic, JsonView body) {
    try {
      return new ToxicSpec(
          toxic.name(),
          toxic.type(),
          toxic.stream(),
          number(body, toxic.toxicity()),
          given(body, new LinkedHashMap<>(toxic.attributes())));
    } catch (JsonException e) {
      throw ApiException.badBody(String.valueOf(e.getMessage()));
    }
  }

  /** A text member, or what it is by default. */
  static String text(JsonView body, String member, String otherwise) {
    JsonView view = body.find(member);
    return view == null ? otherwise : view.string();
  }

  private static double number(JsonView body, double otherwise) {
    JsonView view = body.find("toxicity");
    return view == null ? otherwise : view.number();
  }

  private static Map<String, Long> given(JsonView body, Map<String, Long> values) {
    JsonView attributes = body.find("attributes");
    if (attributes != null) {
      for (String attribute : List.copyOf(values.keySet())) {
        JsonView value = attributes.find(attribute);
        if (value != null) {
          values.put(attribute, value.integer());
        }
      }
    }
    return values;
  }
}
