package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "chat.example, wss://chat.example:5656/v1",
    "chat.example:6001, wss://chat.example:6001/v1",
    "192.0.2.1, wss://192.0.2.1:5656/v1",
    "::1, wss://[::1]:5656/v1",
    "[::1]:6001, wss://[::1]:6001/v1",
    "https://chat.example, wss://chat.example/v1",
    "https://chat.example:6001/, wss://chat.example:6001/v1",
    "wss://chat.example:6001, wss://chat.example:6001/v1",
    "wss://chat.example:6001/, wss://chat.example:6001/v1",
    "WSS://chat.example:6001/v1, wss://chat.example:6001/v1",
    "' chat.example ', wss://chat.example:5656/v1",
  })
  void anAddressIsReadAsItIsMeant(String typed, String meant) {
    assertThat(ServerAddress.parse(typed)).hasToString(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "chat example",
        "chat.example:port",
        "chat.example:0",
        "chat.example:65536",
        "ws://chat.example/v1",
        "http://chat.example/",
        "wss://chat.example/v2",
        "wss://me@chat.example/v1",
        "wss://chat.example/v1?a=b",
        "https://chat.example/#invite",
        "wss:///v1",
        "://"
      })
  void anythingElseIsRefused(String typed) {
    assertThatThrownBy(() -> ServerAddress.parse(typed)).isInstanceOf(UsageException.class);
  }
}
