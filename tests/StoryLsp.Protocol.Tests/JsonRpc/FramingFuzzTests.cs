using System.Globalization;
using System.Text;
using NUnit.Framework;

namespace StoryLsp.Protocol.Tests.JsonRpc;

/// <summary>Noise of every kind between valid requests: each is answered or ignored, nothing hangs or dies, and the request at the end is answered.</summary>
public sealed class FramingFuzzTests
{
    private const int Rounds = 400;

    [Test]
    public async Task AfterAnyNoiseAValidRequestIsStillAnswered([Range(1, 6)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            await using var wire = new Wire(wrapInput: inner => new TricklingStream(inner, new Random(seed), random.Next(1, 64)));
            var code = await wire.StartInitializedAsync();
            var noise = Noise(random);
            try
            {
                await wire.SendBytesAsync(noise);

                // A noise that ends in a plausible header swallows as many bytes as it says, so as many follow before the request that counts.
                await wire.SendBytesAsync(new byte[JsonRpcPadding]);
                await wire.SendAsync("""{"jsonrpc":"2.0","id":"last","method":"storylsp/none"}""");
                await ReceiveUntilLastAsync(wire);
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}, round {round}: {e.Message}\n{Encoding.Latin1.GetString(noise)}");
            }

            await wire.NotifyAsync("exit");
            Assert.That(await code.WaitAsync(wire.Guard), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task ValidRequestsBetweenGarbageAreAllAnswered([Range(1, 6)] int seed)
    {
        var random = new Random(seed);
        await using var wire = new Wire(wrapInput: inner => new TricklingStream(inner, new Random(seed), 48));
        await wire.StartInitializedAsync();
        const int count = 300;
        var sending = Task.Run(async () =>
        {
            for (var id = 0; id < count; id++)
            {
                await wire.SendBytesAsync(Garbage(random));
                await wire.SendRequestAsync(id, "storylsp/none");
            }
        });

        for (var id = 0; id < count; id++)
        {
            var answer = await wire.ReceiveAsync();
            Assert.That(answer["id"]?.GetValue<int>(), Is.EqualTo(id), $"Seed {seed}");
            Assert.That(answer.ErrorCode(), Is.EqualTo(-32601));
        }

        await sending;
    }

    [Test]
    public async Task NoiseUpToTheInputsEndEndsTheServer([Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            await using var wire = new Wire();
            var code = wire.Start();
            await wire.SendBytesAsync(Noise(random));
            await wire.EndInputAsync();
            Assert.That(await code.WaitAsync(wire.Guard), Is.EqualTo(1), $"Seed {seed}, round {round}");
        }
    }

    /// <summary>More bytes than any plausible length in the noise, so that a swallowing message ends before the last request.</summary>
    private const int JsonRpcPadding = 4096;

    private static async Task ReceiveUntilLastAsync(Wire wire)
    {
        while ((await wire.ReceiveAsync())["id"]?.GetValue<string>() != "last")
        {
        }
    }

    /// <summary>Bytes that hold no header: a valid message behind them must not be lost.</summary>
    private static byte[] Garbage(Random random)
    {
        var bytes = new byte[random.Next(40)];
        switch (random.Next(4))
        {
            case 0:
                random.NextBytes(bytes);
                break;
            case 1:
                Fill(bytes, random, "\r\n");
                break;
            case 2:
                Fill(bytes, random, "abc: {}\"\r\n ");
                break;
            default:
                Fill(bytes, random, "Content-Lgh\n");
                break;
        }

        return bytes;
    }

    private static byte[] Noise(Random random)
    {
        using var noise = new MemoryStream();
        for (var parts = random.Next(1, 8); parts > 0; parts--)
        {
            noise.Write(Part(random));
        }

        return noise.ToArray();
    }

    private static byte[] Part(Random random)
    {
        const string request = """{"jsonrpc":"2.0","id":"x","method":"textDocument/hover","params":{"é":[1,2,{"a":null}]}}""";
        switch (random.Next(9))
        {
            case 0:
                return Garbage(random);
            case 1:
                return Header(random.Next(-2000, -1));
            case 2:
                return Header(long.MaxValue - random.Next(1000));
            case 3:
                return Encoding.ASCII.GetBytes($"Content-Length: {new string('9', random.Next(10, 200))}\r\n\r\n");
            case 4:
                // A length that is a little or much too short or too long for its content.
                return [.. Header(Math.Max(0, Encoding.UTF8.GetByteCount(request) + random.Next(-60, 400))), .. Encoding.UTF8.GetBytes(request)];
            case 5:
                var invalid = Wire.FrameOf(request);
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    invalid[random.Next(20, invalid.Length)] = (byte)random.Next(0x80, 0x100);
                }

                return invalid;
            case 6:
                var cut = Wire.FrameOf(request);
                return cut[..random.Next(cut.Length)];
            case 7:
                var flipped = Wire.FrameOf(request);
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            default:
                return Wire.FrameOf(request);
        }
    }

    private static byte[] Header(long length) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n\r\n"));

    private static void Fill(byte[] bytes, Random random, string letters)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)letters[random.Next(letters.Length)];
        }
    }
}
