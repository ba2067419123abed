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
}
