using System.Security.Cryptography;
using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Storage;

/// <summary>Reads what <see cref="BlobWriter"/> wrote. What is not whole gives <see cref="InvalidDataException"/>, and nothing else.</summary>
internal ref struct BlobReader
{
    public const int ChecksumLength = 8;

    private readonly ReadOnlySpan<byte> _data;
    private readonly string[] _strings;
    private int _at;

    public BlobReader(ReadOnlySpan<byte> blob, StringPool pool)
    {
        if (blob.Length < ChecksumLength)
        {
            throw new InvalidDataException("too short");
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _data = blob[..^ChecksumLength];
        SHA256.HashData(_data, hash);
        if (!hash[..ChecksumLength].SequenceEqual(blob[^ChecksumLength..]))
        {
            throw new InvalidDataException("wrong checksum");
        }

        _strings = [];
        var strings = new string[Count()];
        for (var i = 0; i < strings.Length; i++)
        {
            strings[i] = Characters(pool);
        }

        _strings = strings;
    }

    public uint Unsigned()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (_at >= _data.Length)
            {
                break;
            }

            var part = _data[_at++];
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("number without end");
    }

    public int Number()
    {
        var value = Unsigned();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    /// <summary>A count of things that take a byte each at least.</summary>
    public int Count()
    {
        var value = Unsigned();
        return value <= _data.Length - _at ? (int)value : throw new InvalidDataException("count beyond the end");
    }

    public long Long() => Unsigned() | ((long)Unsigned() << 32);

    public bool Flag() => Unsigned() != 0;

    public TextSpan Span() => new(Number(), Number());

    public TextSpan? OptionalSpan() => Flag() ? Span() : null;

    public string? OptionalText()
    {
        var index = Unsigned();
        return index == 0 ? null : index <= _strings.Length ? _strings[index - 1] : throw new InvalidDataException("no such string");
    }

    public string Text() => OptionalText() ?? throw new InvalidDataException("string expected");

    private string Characters(StringPool pool)
    {
        var head = Unsigned();
        var length = (int)(head >> 1);
        if ((head & 1) == 0)
        {
            var count = Count();
            var bytes = _data.Slice(_at, count);
            _at += count;
            return pool.Get(bytes);
        }

        if (length > _data.Length - _at)
        {
            throw new InvalidDataException("string beyond the end");
        }

        var units = new char[length];
        for (var i = 0; i < length; i++)
        {
            units[i] = (char)Unsigned();
        }

        return new string(units);
    }
}
