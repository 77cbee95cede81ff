using System.Globalization;

namespace Tracers.Engine.Filters;

/// <summary>The ports of well-known services, as <c>/etc/services</c> of the reading machine has them; without that file the best known ones.</summary>
internal static class ServicePorts
{
    private const string File = "/etc/services";

    // A list that is far longer is no list of services.
    private const long LongestFile = 4 << 20;

    private const string BestKnown = """
        ftp-data 20/tcp
        ftp 21/tcp
        ssh 22/tcp
        telnet 23/tcp
        smtp 25/tcp mail
        domain 53/tcp
        bootps 67/udp
        bootpc 68/udp
        tftp 69/udp
        http 80/tcp www
        kerberos 88/tcp
        pop3 110/tcp
        sunrpc 111/tcp portmapper
        ntp 123/udp
        netbios-ns 137/udp
        netbios-ssn 139/tcp
        imap2 143/tcp imap
        snmp 161/udp
        snmp-trap 162/udp
        bgp 179/tcp
        ldap 389/tcp
        https 443/tcp
        microsoft-ds 445/tcp
        submissions 465/tcp
        syslog 514/udp
        printer 515/tcp
        submission 587/tcp
        ldaps 636/tcp
        ftps 990/tcp
        imaps 993/tcp
        pop3s 995/tcp
        ms-sql-s 1433/tcp
        nfs 2049/tcp
        mysql 3306/tcp
        postgresql 5432/tcp
        amqps 5671/tcp
        amqp 5672/tcp
        redis 6379/tcp
        http-alt 8080/tcp webcache
        """;

    private static readonly Lazy<Dictionary<string, int>> s_ports = new(static () => Read(List()));

    /// <summary>The port of a service; null for one that is not known here.</summary>
    public static long? Find(string name) => s_ports.Value.TryGetValue(name, out int port) ? port : null;

    /// <summary>The names and ports of a list: of a name that stands twice, for instance for two protocols, the first.</summary>
    internal static Dictionary<string, int> Read(string list)
    {
        Dictionary<string, int> ports = [];
        foreach (string line in list.Split('\n'))
        {
            string[] words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || !ushort.TryParse(words[1].Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
                continue;
            foreach (string name in words[2..].Prepend(words[0]))
                ports.TryAdd(name, port);
        }

        return ports;
    }

    private static string List()
    {
        try
        {
            FileInfo file = new(File);
            return file.Exists && file.Length <= LongestFile ? System.IO.File.ReadAllText(File) : BestKnown;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return BestKnown;
        }
    }
}
