@testable import RemoteAccess
import Testing

@Suite struct ClientWindowTests {
  @Test func aUsualWindowStays() {
    #expect(ClientWindow(rows: 24, columns: 132) == ClientWindow(rows: Int32(24), columns: 132))
    #expect(ClientWindow(rows: 50, columns: 200).columns == 200)
  }

  @Test func noneIsTheOldTerminals() {
    let window = ClientWindow(rows: 0, columns: -1)
    #expect(window.rows == 24 && window.columns == 80)
  }

  @Test(arguments: [1001, 10_000, Int(Int32.max), Int.max])
  func aHugeOneIsCutToTheLimit(size: Int) {
    let window = ClientWindow(rows: size, columns: size)
    #expect(window.rows == 1000 && window.columns == 1000)
  }
}
