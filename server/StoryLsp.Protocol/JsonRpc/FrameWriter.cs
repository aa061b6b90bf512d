using System.Threading.Channels;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>The one writer: messages from any thread, written one after another and each whole.</summary>
internal sealed class FrameWriter(Stream output)
{
    private readonly Channel<OutgoingFrame> queue =
        Channel.CreateUnbounded<OutgoingFrame>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Hands a message over; false, and the message is dropped, if the connection has ended.</summary>
    public bool Post(OutgoingFrame frame)
    {
        if (queue.Writer.TryWrite(frame))
        {
            return true;
        }

        frame.Dispose();
        return false;
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
                    using (frame)
                    {
                        await output.WriteAsync(frame.Bytes()).ConfigureAwait(false);
                    }
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

        return failed;
    }
}
