using System.Buffers;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>What the reader found next.</summary>
internal enum FrameKind
{
    /// <summary>The content of a message.</summary>
    Content,

    /// <summary>A header part whose length is no length, or too long.</summary>
    BadLength,

    /// <summary>Bytes that belong to no message and were skipped.</summary>
    Noise,

    /// <summary>The stream's end.</summary>
    End,
}

/// <summary>One find of the reader; the content is valid until the next one is read.</summary>
internal readonly record struct Frame(FrameKind Kind, Memory<byte> Content = default, long Skipped = 0);

/// <summary>
/// Cuts a stream into messages: a header part, an empty line, and as many bytes as it says. What arrives in pieces is put
/// together in one pooled buffer, and after garbage the next header is searched for.
/// </summary>
internal sealed class FrameReader(Stream input, int longestContent = JsonLimits.MaxContentBytes) : IDisposable
{
    private const int SmallBuffer = 32 * 1024;
    private const int LargeBuffer = 4 * 1024 * 1024;
    private const int InHeader = -1;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(SmallBuffer);
    private int start;
    private int end;
    private int contentStart;
    private int contentLength = InHeader;
    private long skipped;

    /// <summary>Reads the next message, or what stands in its place.</summary>
    public async ValueTask<Frame> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (TryTake() is { } frame)
            {
                return frame;
            }

            if (!await FillAsync(cancellation).ConfigureAwait(false))
            {
                return TakeNoise() ?? new Frame(FrameKind.End);
            }
        }
    }

    /// <summary>
    /// After a content that is no JSON: if another message begins inside of it, its length was wrong, and reading goes on there.
    /// </summary>
    public void Resynchronise(Frame frame)
    {
        var inner = HeaderBlock.IndexOfStart(frame.Content.Span, 0);
        if (inner >= 0)
        {
            start = contentStart + inner;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        start = end = 0;
    }

    private Frame? TryTake()
    {
        while (contentLength == InHeader)
        {
            var window = buffer.AsSpan(start, end - start);
            var length = HeaderBlock.End(window);
            if (length < 0 && window.Length <= JsonLimits.MaxHeaderBytes)
            {
                return null;
            }

            var verdict = length is < 0 or > JsonLimits.MaxHeaderBytes
                ? HeaderVerdict.Noise
                : HeaderBlock.Read(window[..length], longestContent, out contentLength);
            if (verdict == HeaderVerdict.Good)
            {
                start += length;
                break;
            }

            contentLength = InHeader;
            if (verdict == HeaderVerdict.BadLength)
            {
                // A header that was cut off may be followed by a whole one in the same line.
                var inner = HeaderBlock.IndexOfStart(window[..length], 1);
                start += inner >= 0 ? inner : length;
                return new Frame(FrameKind.BadLength);
            }

            if (!SkipToNextHeader(window))
            {
                return null;
            }
        }

        return TakeNoise() ?? TakeContent();
    }

    /// <summary>Drops bytes up to the next header; false if none is there yet.</summary>
    private bool SkipToNextHeader(ReadOnlySpan<byte> window)
    {
        // A lone line break between messages is so common and so harmless that it does not count as noise.
        var breaks = window.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (breaks > 0)
        {
            start += breaks;
            return true;
        }

        var next = HeaderBlock.IndexOfStart(window, 1);
        var drop = next >= 0 ? next : Math.Max(0, window.Length - HeaderBlock.Overlap);
        start += drop;
        skipped += drop;
        return next >= 0;
    }

    private Frame? TakeNoise()
    {
        if (skipped == 0)
        {
            return null;
        }

        var frame = new Frame(FrameKind.Noise, Skipped: skipped);
        skipped = 0;
        return frame;
    }

    private Frame? TakeContent()
    {
        if (end - start < contentLength)
        {
            return null;
        }

        contentStart = start;
        start += contentLength;
        var frame = new Frame(FrameKind.Content, buffer.AsMemory(contentStart, contentLength));
        contentLength = InHeader;
        return frame;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        MakeRoom();
        int count;
        try
        {
            count = await input.ReadAsync(buffer.AsMemory(end), cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }

        end += count;
        return count > 0;
    }

    /// <summary>Grows with what has arrived and never with what a header promises.</summary>
    private void MakeRoom()
    {
        var length = end - start;
        if (length == 0)
        {
            start = end = 0;
            if (buffer.Length > LargeBuffer)
            {
                Exchange(SmallBuffer);
            }
        }
        else if (end == buffer.Length)
        {
            if (length > buffer.Length / 2)
            {
                Exchange((int)Math.Min(2L * buffer.Length, Array.MaxLength));
            }
            else
            {
                buffer.AsSpan(start, length).CopyTo(buffer);
                (start, end) = (0, length);
            }
        }
    }

    private void Exchange(int size)
    {
        var next = ArrayPool<byte>.Shared.Rent(size);
        var length = end - start;
        buffer.AsSpan(start, length).CopyTo(next);
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = (next, 0, length);
    }
}
