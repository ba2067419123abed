import Configuration

extension Command {
  /// Every command of every release, in the order of `help`.
  ///
  /// `help` itself is the shell's, which knows the table.
  public static let all: [Command] = [
    Command(
      "alertconfig", group: .configuration, summary: "Configure who is sent alerts",
      operations: AlertConfig.Operation.allCases,
      guiPaths: ["System Administration > Alerts"]
    ) { try await AlertConfig(context: $0).run() },
    Command(
      "ampconfig", group: .configuration, summary: "Configure the certificate for Threat Grid",
      operations: AMPConfig.Operation.allCases,
      notes: ["No file is sent to Threat Grid: the certificate is kept, but has no effect."],
      guiPaths: ["Security Services > File Reputation and Analysis"]
    ) { try await AMPConfig(context: $0).run() },
    Command(
      "certconfig", group: .configuration, summary: "Manage certificates and authorities",
      operations: CertConfig.Operation.allCases,
      notes: ["The revocation check for GUI HTTPS is kept, but has no effect."],
      guiPaths: [
        "Network > Certificates", "Network > Certificate Authorities", "Network > CRL Sources",
      ]
    ) { try await CertConfig(context: $0).run() },
    Command(
      "deliveryconfig", group: .configuration, summary: "Configure mail delivery",
      operations: DeliveryConfig.Operation.allCases
    ) { try await DeliveryConfig(context: $0).run() },
    Command(
      "destconfig", group: .configuration, summary: "Configure limits and TLS towards domains",
      operations: DestConfig.Operation.allCases, usage: DestConfig.usage,
      notes: [
        "Address tagging is kept, but has no effect; there is one bounce profile, Default; a "
          + "limit for each virtual gateway is the limit of the system."
      ],
      guiPaths: [
        "Mail Policies > Destination Controls",
        "Mail Policies > Destination Controls > Edit Global Settings",
      ]
    ) { try await DestConfig(context: $0).run() },
    Command(
      "dlpconfig", group: .configuration,
      summary: "Configure the certificate for RSA Enterprise Manager",
      notes: ["No message is looked at: the certificate is kept, but has no effect."],
      guiPaths: ["Security Services > Data Loss Prevention"], isPart: \.hasEnterpriseManager
    ) { try await DLPConfig(context: $0).run() },
    Command(
      "dnsconfig", group: .configuration, summary: "Configure name servers",
      operations: DNSConfig.Operation.allCases, usage: DNSConfig.usage,
      notes: ["In the lab network the zone file answers, and no server is asked."],
      guiPaths: ["Network > DNS"]
    ) { try await DNSConfig(context: $0).run() },
    Command(
      "interfaceconfig", group: .configuration, summary: "Configure IP interfaces",
      operations: InterfaceConfig.Operation.allCases,
      notes: [
        "IPv6 addresses, Ethernet interfaces, groups, HTTP and its redirection are kept, but have "
          + "no effect."
      ],
      guiPaths: ["Network > IP Interfaces"]
    ) { try await InterfaceConfig(context: $0).run() },
    Command(
      "ldapconfig", group: .configuration, summary: "Configure LDAP servers and queries",
      operations: LDAPConfig.Operation.allCases,
      notes: ["Queries are put to a server by ldaptest only; mail is not checked against them."],
      guiPaths: ["System Administration > LDAP"]
    ) { try await LDAPConfig(context: $0).run() },
    Command(
      "listenerconfig", group: .configuration, summary: "Configure mail listeners",
      operations: ListenerConfig.Operation.allCases,
      usage: [
        "listenerconfig edit NAME hostaccess print|import FILE|export FILE",
        "listenerconfig edit NAME rcptaccess print|import FILE|export FILE",
      ],
      notes: [
        "There is one bounce profile, Default. Another TCP queue holds when the engine starts anew."
      ],
      guiPaths: [
        "Network > Listeners", "Mail Policies > HAT Overview", "Mail Policies > Mail Flow Policies",
      ]
    ) { try await ListenerConfig(context: $0).run() },
    Command(
      "logconfig", group: .configuration, summary: "Configure log subscriptions",
      operations: LogConfig.Operation.allCases,
      notes: ["Files are kept for manual download; what is to be pushed is not sent."],
      guiPaths: ["System Administration > Log Subscriptions"]
    ) { try await LogConfig(context: $0).run() },
    Command(
      "setgateway", group: .configuration, summary: "Set the default gateway",
      usage: ["setgateway ADDRESS"], guiPaths: ["Network > Routing"]
    ) { try await SetGateway(context: $0).run() },
    Command(
      "sethostname", group: .configuration, summary: "Set the name of the machine",
      usage: ["sethostname NAME"]
    ) { try await SetHostName(context: $0).run() },
    Command(
      "smtproutes", group: .configuration, summary: "Configure permanent mail routes",
      operations: SMTPRoutes.Operation.allCases, usage: SMTPRoutes.usage,
      guiPaths: ["Network > SMTP Routes"]
    ) { try await SMTPRoutes(context: $0).run() },
    Command(
      "sshconfig", group: .configuration, access: .administrators,
      summary: "Configure SSH keys of users",
      operations: SSHConfig.Operation.allCases,
      notes: ["Keys hold for SSH; the shell on the machine itself asks for none."]
    ) { try await SSHConfig(context: $0).run() },
    Command(
      "sslconfig", group: .configuration, summary: "Configure TLS methods and ciphers",
      operations: SSLConfig.Operation.allCases,
      usage: ["sslconfig gui|inbound|outbound METHODS [CIPHERS]", "sslconfig verify CIPHERS"],
      notes: [
        "PEER_CERT_FQDN holds for deliveries and LDAP servers; on listeners it has no effect."
      ],
      guiPaths: ["System Administration > SSL Configuration"]
    ) { try await SSLConfig(context: $0).run() },
    Command(
      "userconfig", group: .configuration, access: .administrators,
      summary: "Configure users and their roles",
      operations: UserConfig.Operation.allCases,
      notes: [
        "Passphrases and locks hold for SSH; the shell on the machine itself asks for no "
          + "passphrase."
      ],
      guiPaths: ["System Administration > Users"]
    ) { try await UserConfig(context: $0).run() },
    Command(
      "websecurityadvancedconfig", group: .configuration,
      summary: "Configure the web security service",
      notes: ["Limits of URLs, rewriting and headers are kept, but have no effect."]
    ) { try await WebSecurityAdvancedConfig(context: $0).run() },
    Command(
      "websecurityconfig", group: .configuration, summary: "Configure URL filtering",
      notes: ["No URL of a message is looked up; `websecuritydiagnostics` asks the service."],
      guiPaths: ["Security Services > URL Filtering"]
    ) { try await WebSecurityConfig(context: $0).run() },
    Command(
      "clear", aliases: ["clearchanges"], group: .commit, access: .viewers,
      summary: "Clear pending changes",
      usage: ["clear Y"], guiPaths: ["Abandon Changes"]
    ) { try await ClearCommand(context: $0).run() },
    Command(
      "commit", group: .commit, summary: "Commit pending changes",
      usage: ["commit \"COMMENT\"", "commit Y \"COMMENT\""], guiPaths: ["Commit Changes"]
    ) { try await CommitCommand(context: $0).run() },
    Command("commitdetail", group: .commit, access: .viewers, summary: "Show the last commit") {
      try await CommitDetail(context: $0).run()
    },
    Command(
      "loadconfig", group: .commit, summary: "Load a configuration file",
      guiPaths: ["System Administration > Configuration File"]
    ) { try await LoadConfig(context: $0).run() },
    Command(
      "mailconfig", group: .commit, summary: "Send the configuration file by mail",
      guiPaths: ["System Administration > Configuration File"]
    ) { try await MailConfig(context: $0).run() },
    Command("resetconfig", group: .commit, access: .admin, summary: "Restore the factory default") {
      try await ResetConfig(context: $0).run()
    },
    Command(
      "rollbackconfig", group: .commit, summary: "Return to an earlier commit",
      operations: RollbackConfig.Operation.allCases
    ) {
      try await RollbackConfig(context: $0).run()
    },
    Command(
      "saveconfig", group: .commit, summary: "Save the configuration to a file",
      usage: ["saveconfig y 1 (masks passphrases)", "saveconfig y 2 (encrypts them)"],
      guiPaths: ["System Administration > Configuration File"]
    ) { try await SaveConfig(context: $0).save() },
    Command("showchanges", group: .commit, access: .viewers, summary: "Show pending changes") {
      try await ShowChanges(context: $0).run()
    },
    Command(
      "showconfig", group: .commit, access: .viewers, summary: "Show the configuration file",
      usage: ["showconfig 1 (masks passphrases)", "showconfig 2 (encrypts them)"],
      isConfidential: true
    ) { try await SaveConfig(context: $0).show() },
    Command(
      "deleterecipients", group: .mail, summary: "Remove messages from the queue"
    ) { try await DeleteRecipients(context: $0).run() },
    Command(
      "delivernow", group: .mail, summary: "Try again at once what waits",
      usage: ["delivernow all", "delivernow DOMAIN"]
    ) { try await DeliverNow(context: $0).run() },
    Command("displayalerts", group: .mail, access: .viewers, summary: "Show the last alerts") {
      try await DisplayAlerts(context: $0).run()
    },
    Command(
      "hoststatus", group: .mail, access: .everyone,
      summary: "Show how it stands with a destination",
      usage: ["hoststatus DOMAIN"]
    ) { try await HostStatusCommand(context: $0).run() },
    Command("resume", group: .mail, summary: "Receive and deliver again") {
      try await Suspension(context: $0).resume(.everything)
    },
    Command("resumedel", group: .mail, summary: "Deliver again") {
      try await Suspension(context: $0).resume(.delivery)
    },
    Command("resumelistener", group: .mail, summary: "Receive again on a listener") {
      try await Suspension(context: $0).resume(.listeners)
    },
    Command(
      "showrecipients", group: .mail, access: .viewers, summary: "Show the messages in the queue"
    ) {
      try await ShowRecipients(context: $0).run()
    },
    Command(
      "status", group: .mail, access: .everyone,
      summary: "Show counters and gauges of the mail flow",
      usage: ["status", "status detail"]
    ) { try await MailStatusCommand(context: $0).run() },
    Command(
      "suspend", group: .mail, summary: "Stop receiving and delivering",
      usage: ["suspend SECONDS"]
    ) { try await Suspension(context: $0).suspend(.everything) },
    Command(
      "suspenddel", group: .mail, summary: "Stop delivering", usage: ["suspenddel SECONDS"]
    ) { try await Suspension(context: $0).suspend(.delivery) },
    Command(
      "suspendlistener", group: .mail, summary: "Stop receiving on a listener"
    ) { try await Suspension(context: $0).suspend(.listeners) },
    Command(
      "tophosts", group: .mail, access: .everyone, summary: "Show the busiest destinations",
      usage: ["tophosts active|conn|deliv|hard|soft"]
    ) { try await TopHosts(context: $0).run() },
    Command(
      "daneverify", group: .network, summary: "Check whether a domain can be reached under DANE",
      usage: ["daneverify DOMAIN"], isPart: \.hasDANE
    ) { try await DANEVerify(context: $0).run() },
    Command(
      "dnsflush", group: .network, summary: "Forget all answers of the DNS"
    ) { try await DNSFlush(context: $0).run() },
    Command(
      "ldaptest", group: .network, summary: "Test an LDAP server or query",
      usage: ["ldaptest SERVER", "ldaptest QUERY ADDRESS [GROUP]"]
    ) { try await LDAPTest(context: $0).run() },
    Command(
      "nslookup", group: .network, summary: "Ask the DNS for a name",
      usage: ["nslookup HOST [TYPE]"]
    ) { try await NSLookup(context: $0).run() },
    Command(
      "telnet", group: .network, summary: "Talk with a remote host by hand",
      usage: ["telnet HOST [PORT]"]
    ) { try await Telnet(context: $0).run() },
    Command(
      "tlsverify", group: .network, summary: "Check the TLS of a domain's mail servers",
      usage: ["tlsverify DOMAIN [HOST[:PORT]]"]
    ) { try await TLSVerify(context: $0).run() },
    Command(
      "websecuritydiagnostics", group: .network, summary: "Ask the web security service"
    ) { try await WebSecurityDiagnostics(context: $0).run() },
    Command(
      "findevent", group: .logs, access: .viewers, summary: "Trace a message in the mail log",
      guiPaths: ["Monitor > Message Tracking"]
    ) { try await FindEvent(context: $0).run() },
    Command(
      "grep", group: .logs, access: .viewers, summary: "Search a log",
      usage: ["grep [-i] [-v] [-t] [-p] [-e] \"REGEX\" LOG"],
      guiPaths: ["Monitor > Message Tracking"]
    ) { try await Grep(context: $0).run() },
    Command(
      "rollovernow", group: .logs, summary: "Start a new file of a log",
      usage: ["rollovernow LOG"]
    ) { try await RolloverNow(context: $0).run() },
    Command(
      "tail", group: .logs, access: .viewers, summary: "Show the end of a log as it grows",
      usage: ["tail LOG"]
    ) { try await Tail(context: $0).run() },
    Command(
      "clustermode", group: .session, access: .everyone,
      summary: "Choose where commands act in a cluster",
      usage: ["clustermode cluster", "clustermode group NAME", "clustermode machine NAME"]
    ) { try await ClusterMode(context: $0).run() },
    Command(
      "date", group: .session, access: .everyone, summary: "Show the appliance's date and time"
    ) {
      try await DateCommand(context: $0).run()
    },
    Command(
      "exit", aliases: ["quit"], group: .session, access: .everyone, summary: "End the session"
    ) {
      try await ExitCommand(context: $0).run()
    },
    Command(
      "ipcheck", group: .session, access: .viewers, summary: "Show release, machine and interfaces"
    ) {
      try await IPCheck(context: $0).run()
    },
    Command(
      "kick", group: .session, access: .administrators, summary: "End sessions of others",
      usage: ["kick USERNAME"]
    ) { try await Kick(context: $0).run() },
    Command("last", group: .session, access: .viewers, summary: "Show the last logins") {
      try await LastLogins(context: $0).run()
    },
    Command(
      "passphrase", aliases: ["password", "passwd"], group: .session, access: .everyone,
      summary: "Change your passphrase",
      notes: ["It holds for SSH; the shell on the machine itself asks for no passphrase."]
    ) { try await PassphraseCommand(context: $0).run() },
    Command(
      "setttymode", group: .session, access: .everyone, summary: "Switch paging off or on",
      usage: ["setttymode 0 1", "setttymode 1 1"]
    ) { try await SetTTYMode(context: $0).run() },
    Command(
      "uptime", group: .session, access: .everyone,
      summary: "Show since when the appliance has been served"
    ) {
      try await UptimeCommand(context: $0).run()
    },
    Command("version", group: .session, access: .everyone, summary: "Show the version") {
      try await Version(context: $0).run()
    },
    Command("who", group: .session, access: .everyone, summary: "Show who is logged in") {
      try await Who(context: $0).run()
    },
    Command("whoami", group: .session, access: .everyone, summary: "Show who holds the session") {
      try await WhoAmI(context: $0).run()
    },
  ]
}
