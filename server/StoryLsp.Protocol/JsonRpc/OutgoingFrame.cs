using System.Buffers;
using System.Globalization;
using System.Text;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>A message to be sent, header and content in one pooled buffer, so that it is written at once.</summary>
internal sealed class OutgoingFrame : IBufferWriter<byte>, IDisposable
{
    /// <summary>Room for the header, which is known only when the content is.</summary>
    private const int HeaderRoom = 40;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(1024);
    private int end = HeaderRoom;

    /// <summary>The length of the content in bytes.</summary>
    public int Length => end - HeaderRoom;

    /// <summary>The bytes for the wire; the content is complete.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        Span<byte> header = stackalloc byte[HeaderRoom];
        Encoding.ASCII.TryGetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {end - HeaderRoom}\r\n\r\n"), header, out var length);
        header[..length].CopyTo(buffer.AsSpan(HeaderRoom - length));
        return buffer.AsMemory(HeaderRoom - length, end - HeaderRoom + length);
    }

    /// <inheritdoc/>
    public void Advance(int count) => end += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsMemory(end);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsSpan(end);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
    }

    private void Reserve(int size)
    {
        if (buffer.Length - end >= Math.Max(size, 1))
        {
            return;
        }

        var next = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(2L * buffer.Length, (long)end + size + 1, Math.Max(Array.MaxLength, (long)end + size + 1)));
        buffer.AsSpan(0, end).CopyTo(next);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = next;
    }
}
