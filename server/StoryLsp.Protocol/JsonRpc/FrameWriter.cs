using System.Threading.Channels;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>The one writer: messages from any thread, written one after another and each whole.</summary>
internal sealed class FrameWriter(Stream output)
{
    private readonly Channel<OutgoingFrame> queue =
        Channel.CreateUnbounded<OutgoingFrame>(new UnboundedChannelOptions { SingleReader = true });

    private readonly SemaphoreSlim drained = new(0, 1);
    private long unsent;

    /// <summary>Hands a message over; false, and the message is dropped, if the connection has ended.</summary>
    public bool Post(OutgoingFrame frame)
    {
        var length = frame.Length;
        Interlocked.Add(ref unsent, length);
        if (queue.Writer.TryWrite(frame))
        {
            return true;
        }

        Interlocked.Add(ref unsent, -length);
        frame.Dispose();
        return false;
    }

    /// <summary>Waits until no more than so many bytes wait to be written.</summary>
    public async ValueTask RoomAsync(long most, CancellationToken cancellation)
    {
        while (Interlocked.Read(ref unsent) > most)
        {
            await drained.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>No further message is taken; those that are queued are still written.</summary>
    public void Complete() => queue.Writer.TryComplete();

    /// <summary>Writes until <see cref="Complete"/> or until the stream fails, and says whether it failed.</summary>
    public async Task<bool> RunAsync()
    {
        var failed = false;
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            try
            {
                while (queue.Reader.TryRead(out var frame))
                {
                    var length = frame.Length;
                    using (frame)
                    {
                        await output.WriteAsync(frame.Bytes()).ConfigureAwait(false);
                    }

                    Interlocked.Add(ref unsent, -length);
                    Wake();
                }

                await output.FlushAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or NotSupportedException)
            {
                failed = true;
                Complete();
                break;
            }
        }

        while (queue.Reader.TryRead(out var left))
        {
            left.Dispose();
        }

        Interlocked.Exchange(ref unsent, 0);
        Wake();
        return failed;
    }

    // One permit is enough: who waits looks again.
    private void Wake()
    {
        if (drained.CurrentCount == 0)
        {
            try
            {
                drained.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody was quicker.
            }
        }
    }
}
