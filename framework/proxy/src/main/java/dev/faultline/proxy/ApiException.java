package dev.faultline.proxy;

/** What the API answers instead, with the words of Toxiproxy. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  String text() {
    return String.valueOf(getMessage());
  }

  static ApiException badBody(String why) {
    return new ApiException(400, "bad request body: " + why);
  }

  static ApiException missing(String field) {
    return new ApiException(400, "missing required field: " + field);
  }
}
