using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Tracers.Engine.State;

namespace Tracers.Engine.Export;

/// <summary>
/// Names in the place of names: the same for the same, made with a key, without which nobody can try out which name it was. What every machine has
/// stays as it is.
/// </summary>
internal sealed class Pseudonyms
{
    private static readonly SearchValues<byte> s_digits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly SearchValues<byte> s_uuidCharacters = SearchValues.Create("0123456789abcdefABCDEF-"u8);

    private const int KeyBytes = 32;
    private const int NameDigits = 10;
    private const int ShortIdLength = 12;
    private const int UuidLength = 36;

    private readonly byte[] _key;
    private readonly ByteInterner _known = new();
    private readonly List<byte[]> _names = [];

    /// <param name="key">Any text: with the same one the names of several captures become the same. Null for one that nobody knows.</param>
    public Pseudonyms(string? key) =>
        _key = key is null ? RandomNumberGenerator.GetBytes(KeyBytes) : SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The pseudonym of one name: of a file in its folder, a user, a host. Never contains a slash that was not there.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return default;
        int id = _known.Intern(name);
        if (id == _names.Count)
            _names.Add(Make(name));
        return _names[id];
    }

    /// <summary>The pseudonym of an address; addresses that mean the same on every machine stay.</summary>
    /// <param name="address">4 or 16 bytes in network order, changed in place.</param>
    public void Change(Span<byte> address)
    {
        if (address.Length == 4)
        {
            bool keeps = address[0] == 127 || address.IndexOfAnyExcept((byte)0) < 0 || address.IndexOfAnyExcept(byte.MaxValue) < 0;
            if (keeps)
                return;
            Digest(address, address);

            // 240.0.0.0/4 is nobody's.
            address[0] = (byte)(address[0] | 0xf0);
            if (address.IndexOfAnyExcept(byte.MaxValue) < 0)
                address[3] = 0;
            return;
        }

        if (address.Length != 16)
        {
            address.Clear();
            return;
        }

        bool isLow = address[..10].IndexOfAnyExcept((byte)0) < 0;
        if (isLow && address[10] == 0xff && address[11] == 0xff)
        {
            Change(address[12..]);
            return;
        }

        // None, and the machine itself.
        if (isLow && address[10..15].IndexOfAnyExcept((byte)0) < 0 && address[15] <= 1)
            return;
        Digest(address, address);
        address[0] = 0xfd;
    }

    /// <inheritdoc cref="Change(Span{byte})"/>
    public IPAddress Of(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        Change(bytes);
        return new IPAddress(bytes);
    }

    private byte[] Make(ReadOnlySpan<byte> name)
    {
        if (CommonNames.Contains(name))
            return name.ToArray();

        // A file that was deleted while it was open.
        ReadOnlySpan<byte> deleted = " (deleted)"u8;
        if (name.EndsWith(deleted) && name.Length > deleted.Length)
            return [.. Make(name[..^deleted.Length]), .. deleted];
        return MakeOfIds(name) ?? Letters(name);
    }

    // Readers find the container of a thread by the id in the path of a cgroup: docker-<64 hex digits>.scope. It stays one.
    private byte[]? MakeOfIds(ReadOnlySpan<byte> name)
    {
        if (IsUuid(name))
            return Uuid(name);
        List<byte> made = new(name.Length);
        ReadOnlySpan<byte> separators = "-._:@"u8;
        bool hasId = false;
        while (!name.IsEmpty)
        {
            int end = name.IndexOfAny(separators);
            ReadOnlySpan<byte> word = end < 0 ? name : name[..end];
            if (IsId(word))
            {
                made.AddRange(Id(word));
                hasId = true;
            }
            else if (CommonNames.Contains(word) || word.IsEmpty)
            {
                made.AddRange(word);
            }
            else
            {
                return null;
            }

            if (end < 0)
                break;
            made.Add(name[end]);
            name = name[(end + 1)..];
        }

        return hasId ? [.. made] : null;
    }

    private static bool IsId(ReadOnlySpan<byte> word) => word.Length >= ShortIdLength && word.IndexOfAnyExcept(s_digits) < 0;

    private static bool IsUuid(ReadOnlySpan<byte> name) =>
        name.Length == UuidLength && name[8] == '-' && name.IndexOfAnyExcept(s_uuidCharacters) < 0;

    // The first twelve digits of an id are the id that people are shown.
    private byte[] Id(ReadOnlySpan<byte> id)
    {
        byte[] made = new byte[id.Length];
        Digits(id[..ShortIdLength], made.AsSpan(0, ShortIdLength));
        Digits(id, made.AsSpan(ShortIdLength));
        return made;
    }

    private byte[] Uuid(ReadOnlySpan<byte> uuid)
    {
        byte[] made = new byte[uuid.Length];
        Digits(uuid, made);
        for (int i = 0; i < made.Length; i++)
        {
            if (uuid[i] == '-')
                made[i] = (byte)'-';
        }

        return made;
    }

    private void Digits(ReadOnlySpan<byte> of, Span<byte> digits)
    {
        Span<byte> digest = stackalloc byte[32];
        Digest(of, digest);
        for (int i = 0; i < digits.Length; i++)
            digits[i] = "0123456789abcdef"u8[(digest[(i / 2) % digest.Length] >> (4 * (i & 1))) & 15];
    }

    private byte[] Letters(ReadOnlySpan<byte> name)
    {
        Span<byte> digest = stackalloc byte[32];
        Digest(name, digest);
        byte[] made = new byte[1 + NameDigits];
        made[0] = (byte)'n';
        for (int i = 0; i < NameDigits; i++)
            made[1 + i] = "0123456789abcdefghijkmnpqrstuvwx"u8[digest[i] & 31];
        return made;
    }

    private void Digest(ReadOnlySpan<byte> of, Span<byte> result)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, of, whole);
        whole[..result.Length].CopyTo(result);
    }
}
