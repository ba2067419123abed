import Configuration
import PKI
import Testing

@testable import ConfigurationStore

@Suite("Rows of earlier programs") struct OldRowTests {
  @Test("Alert settings without a sender's address have the appliance's own")
  func alerts() throws {
    let coding = RowCoding(box: try SecretBox(key: SecretBox.randomKey()))
    let value = """
      {"format":1,"value":{"initialHoldBack":300,"maximumHoldBack":3600,"subscriptions":\
      [{"address":"a@example.com","classes":["All"],"severities":["Warning"]}]}}
      """
    let row = ObjectRow(level: "machine", kind: "alerts", name: "", value: .init(value.utf8))
    let alerts = try #require(try coding.entry(row).value?.value as? AlertSettings)
    #expect(alerts.subscriptions.map(\.address) == ["a@example.com"])
    #expect(alerts.fromAddress == nil)
  }

  @Test("URL filtering that knows nothing of rewriting and headers has neither")
  func urlFiltering() throws {
    let coding = RowCoding(box: try SecretBox(key: SecretBox.randomKey()))
    let value = """
      {"format":1,"value":{"isEnabled":true,"tracksInteraction":true,"certificate":"mail",\
      "lookupTimeout":5,"maxURLsPerBody":10,"maxURLsPerAttachment":7,\
      "service":"a.example","verifiesService":false}}
      """
    let row = ObjectRow(
      level: "machine", kind: "url_filtering", name: "", value: .init(value.utf8))
    var expected = URLFilteringSettings()
    expected.isEnabled = true
    expected.tracksInteraction = true
    expected.certificate = "mail"
    expected.lookupTimeout = 5
    expected.maxURLsPerBody = 10
    expected.maxURLsPerAttachment = 7
    expected.service = "a.example"
    expected.verifiesService = false
    #expect(try coding.entry(row).value?.value as? URLFilteringSettings == expected)
  }
}
