import Configuration
import ConfigurationStore
import Control
import Engine
import Labs

// What checks look at besides mail and certificates.
extension LabBench {
  func backups() async throws -> [LabBackup] {
    let (files, release) = (appliance.files, appliance.release)
    return files.names.filter { $0.hasSuffix(".xml") }.map { name in
      do {
        let loaded = try SavedConfiguration.load(files.read(name), for: release)
        try loaded.configuration.verify()
        return LabBackup(name: name, configuration: .success(loaded.configuration))
      } catch {
        return LabBackup(name: name, configuration: .failure(LabError("\(error)")))
      }
    }
  }

  func askWebService() async throws -> LabAnswer {
    let names = ApplianceNames(of: appliance, engine: service)
    let probe = WebServiceProbe(of: appliance, engine: service, names: names)
    let (events, continuation) = AsyncStream<WebServiceEvent>.makeStream()
    var isGood = true
    var texts: [String] = []
    do {
      try await probe.probe { continuation.yield($0) }
    } catch let failure as ProbeFailure {
      isGood = false
      texts.append("\(failure)")
    }
    continuation.finish()
    for await event in events {
      switch event {
      case .clientCertificate(isWanted: true, let shown?):
        texts.append("client certificate \"\(shown.profile)\": \(shown.subject)")
      case .answered(let status): texts.append("the service answered: \(status)")
      default: break
      }
    }
    return LabAnswer(isGood: isGood, text: texts.joined(separator: "; "))
  }
}
