namespace Tracers.Engine.Capture.Linux;

/// <summary>What libbpf is called where, and how it is installed.</summary>
internal static class LibbpfPackage
{
    private static readonly (string[] Ids, string Command, string Label)[] s_families =
    [
        (["debian", "ubuntu"], "apt-get install libbpf1", "Debian and Ubuntu"),
        (["fedora", "rhel", "centos", "amzn"], "dnf install libbpf", "Fedora and RHEL"),
        (["alpine"], "apk add libbpf", "Alpine"),
        (["suse", "opensuse", "sles"], "zypper install libbpf1", "SUSE"),
    ];

    /// <summary>What to run on the distribution that an os-release describes; what to run where, when it is none that is known.</summary>
    public static string Advice(string osRelease)
    {
        // The distribution itself first, then those that it says it is like.
        foreach (string id in Values(osRelease, "ID=").Concat(Values(osRelease, "ID_LIKE=")))
        {
            foreach ((string[] ids, string command, _) in s_families)
            {
                if (ids.Any(known => id == known || id.StartsWith(known + "-", StringComparison.Ordinal)))
                    return $"sudo {command}";
            }
        }

        return string.Join("; ", s_families.Select(family => $"{family.Label}: sudo {family.Command}"));
    }

    private static string[] Values(string osRelease, string key)
    {
        foreach (string line in osRelease.Split('\n'))
        {
            if (line.StartsWith(key, StringComparison.Ordinal))
                return line[key.Length..].Trim().Trim('"', '\'').ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

        return [];
    }
}
