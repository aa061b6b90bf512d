using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Storage;

/// <summary>Writes numbers of variable length and strings, each string once.</summary>
internal sealed class BlobWriter
{
    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private byte[] _buffer = new byte[1024];
    private int _length;

    public void Number(uint value)
    {
        Reserve(5);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[_length++] = (byte)value;
    }

    public void Number(int value) => Number((uint)((value << 1) ^ (value >> 31)));

    public void Count(int value) => Number((uint)value);

    public void Long(long value)
    {
        Number((uint)value);
        Number((uint)(value >> 32));
    }

    public void Flag(bool value) => Number(value ? 1u : 0u);

    public void Span(TextSpan span)
    {
        Number(span.Start);
        Number(span.Length);
    }

    public void OptionalSpan(TextSpan? span)
    {
        Flag(span is not null);
        if (span is { } there)
        {
            Span(there);
        }
    }

    /// <summary>Writes the number of a string in the table; null is 0.</summary>
    public void Text(string? text)
    {
        if (text is null)
        {
            Number(0u);
            return;
        }

        if (!_strings.TryGetValue(text, out var index))
        {
            index = _order.Count;
            _strings.Add(text, index);
            _order.Add(text);
        }

        Number((uint)index + 1);
    }

    public void List<T>(IReadOnlyList<T> items, Action<T> write)
    {
        Count(items.Count);
        foreach (var item in items)
        {
            write(item);
        }
    }

    /// <summary>The table of strings, then what was written, then a checksum of both.</summary>
    public byte[] ToBlob()
    {
        var size = 10 + _length + BlobReader.ChecksumLength;
        foreach (var text in _order)
        {
            size += 10 + (text.Length * 3);
        }

        var result = ArrayPool<byte>.Shared.Rent(size);
        var body = _buffer;
        var bodyLength = _length;
        (_buffer, _length) = (result, 0);
        Count(_order.Count);
        foreach (var text in _order)
        {
            WriteCharacters(text);
        }

        body.AsSpan(0, bodyLength).CopyTo(_buffer.AsSpan(_length));
        _length += bodyLength;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer.AsSpan(0, _length), hash);
        hash[..BlobReader.ChecksumLength].CopyTo(_buffer.AsSpan(_length));
        var blob = _buffer.AsSpan(0, _length + BlobReader.ChecksumLength).ToArray();
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = (body, bodyLength);
        return blob;
    }

    // Halves of a surrogate pair cannot be written as UTF-8; a text with one is written unit by unit.
    private void WriteCharacters(string text)
    {
        var isWhole = IsWellFormed(text);
        Number((uint)text.Length << 1 | (isWhole ? 0u : 1u));
        if (isWhole)
        {
            var count = Encoding.UTF8.GetByteCount(text);
            Number((uint)count);
            _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
            return;
        }

        foreach (var unit in text)
        {
            Number((uint)unit);
        }
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private void Reserve(int more)
    {
        if (_length + more > _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
