using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Tracers.Engine.State;

/// <summary>What a container event's JSON tells that is kept: <c>{"container":{"id":...,"name":...,...}}</c>.</summary>
internal struct ContainerJson
{
    private const long LookupStarted = 0;
    private const long LookupFailed = 2;

    public string Id { get; private set; } = "";

    public string? Name { get; private set; }

    public string? Image { get; private set; }

    public long Type { get; private set; }

    /// <summary>Its address; none where it shares the host's, or is not known.</summary>
    public InternetAddress Ip { get; private set; }

    /// <summary>Whether the recorder had found all out when it wrote this, as far as it says so.</summary>
    public bool IsComplete { get; private set; } = true;

    private ContainerJson(ref Utf8JsonReader reader)
    {
        while (NextProperty(ref reader))
        {
            if (!reader.ValueTextEquals("container"u8) || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            while (NextProperty(ref reader))
                Take(ref reader);
        }
    }

    /// <summary>Reads the JSON; false when it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out ContainerJson container)
    {
        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                container = new ContainerJson(ref reader);
                return true;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Malformed, or text that is no UTF-8.
        }

        container = default;
        return false;
    }

    private static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private void Take(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("id"u8))
            Id = Text(ref reader) ?? "";
        else if (reader.ValueTextEquals("name"u8))
            Name = Text(ref reader);
        else if (reader.ValueTextEquals("image"u8))
            Image = Text(ref reader);
        else if (reader.ValueTextEquals("type"u8))
            Type = Number(ref reader) ?? 0;
        else if (reader.ValueTextEquals("ip"u8))
            Ip = IPAddress.TryParse(Text(ref reader), out IPAddress? ip) && ip.AddressFamily == AddressFamily.InterNetwork ? InternetAddress.Read(ip) : default;
        else if (reader.ValueTextEquals("lookup_state"u8))
            IsComplete = Number(ref reader) is not (LookupStarted or LookupFailed);
        else
            reader.Skip();
    }

    // Null for what is empty and for what is no text.
    private static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.String)
            return reader.GetString() is { Length: > 0 } text ? text : null;
        reader.Skip();
        return null;
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.Number)
            return reader.TryGetInt64(out long number) ? number : null;
        reader.Skip();
        return null;
    }
}
