using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace StoryLsp.Benchmarks;

/// <summary>The built executable as a language server, and the few messages that a bench sends it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Dictionary<int, TaskCompletionSource<JsonNode?>> _waiting = [];
    private readonly TaskCompletionSource _indexed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Task _reading;
    private int _last;

    private ServerProcess(Process process)
    {
        _process = process;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>The executable of this build; null when there is none.</summary>
    public static string? Executable
    {
        get
        {
            var build = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/', '\\'));
            var name = OperatingSystem.IsWindows() ? "storylsp.exe" : "storylsp";
            var path = Path.Combine(build.Parent!.Parent!.FullName, "StoryLsp.Cli", build.Name, name);
            return File.Exists(path) ? path : null;
        }
    }

    /// <summary>Ends when the first progress that the server shows has ended.</summary>
    public Task Indexed => _indexed.Task.WaitAsync(TimeSpan.FromMinutes(3));

    public static ServerProcess Start(string executable, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(executable, arguments.Length > 0 ? arguments : ["lsp", "--stdio"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new ServerProcess(process);
    }

    /// <summary>Processor time so far, in seconds.</summary>
    public double Work
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Peak and present resident memory, in megabytes of 1,000,000 bytes.</summary>
    public (double Peak, double Now) Memory()
    {
        var status = File.ReadAllLines($"/proc/{_process.Id}/status");
        double Of(string key) => double.Parse(status.First(line => line.StartsWith(key, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
        return (Of("VmHWM:"), Of("VmRSS:"));
    }

    public async Task InitializeAsync(string root)
    {
        await RequestAsync("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["rootUri"] = new Uri(root).AbsoluteUri,
            ["workspaceFolders"] = new JsonArray(new JsonObject { ["uri"] = new Uri(root).AbsoluteUri, ["name"] = "story" }),
            ["capabilities"] = new JsonObject
            {
                ["window"] = new JsonObject { ["workDoneProgress"] = true },
                ["workspace"] = new JsonObject
                {
                    ["applyEdit"] = true,
                    ["workspaceEdit"] = new JsonObject { ["documentChanges"] = true, ["resourceOperations"] = new JsonArray("create", "rename", "delete"), ["changeAnnotationSupport"] = new JsonObject() },
                },
                ["textDocument"] = new JsonObject
                {
                    ["diagnostic"] = new JsonObject(), ["hover"] = new JsonObject(), ["completion"] = new JsonObject(),
                    ["documentSymbol"] = new JsonObject { ["hierarchicalDocumentSymbolSupport"] = true },
                    ["semanticTokens"] = new JsonObject { ["requests"] = new JsonObject { ["full"] = true, ["range"] = true }, ["tokenTypes"] = new JsonArray(), ["tokenModifiers"] = new JsonArray(), ["formats"] = new JsonArray("relative") },
                    // All editors that are tested ask for an action's edit when it is chosen.
                    ["codeAction"] = new JsonObject { ["dataSupport"] = true, ["resolveSupport"] = new JsonObject { ["properties"] = new JsonArray("edit") }, ["codeActionLiteralSupport"] = new JsonObject { ["codeActionKind"] = new JsonObject { ["valueSet"] = new JsonArray("", "quickfix", "refactor") } } },
                },
            },
        });
        Notify("initialized", new JsonObject());
    }

    public async Task<JsonNode?> RequestAsync(string method, JsonNode? parameters)
    {
        var answer = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        int id;
        lock (_gate)
        {
            id = ++_last;
            _waiting[id] = answer;
        }

        Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return await answer.Task.WaitAsync(Patience);
    }

    /// <summary>Asks, and gives the result, or the code of the error; 0 where there is none.</summary>
    public async Task<(JsonNode? Result, int Error)> TryRequestAsync(string method, JsonNode? parameters)
    {
        try
        {
            return (await RequestAsync(method, parameters), 0);
        }
        catch (ErrorAnswerException error)
        {
            return (null, error.Code);
        }
    }

    public void Notify(string method, JsonNode? parameters) => Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await RequestAsync("shutdown", null);
            Notify("exit", null);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException)
        {
            // It is gone already, or it will be in a moment.
        }

        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        await _reading;
        _process.Dispose();
    }

    private void Send(JsonNode message)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        lock (_gate)
        {
            var output = _process.StandardInput.BaseStream;
            output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")));
            output.Write(body);
            output.Flush();
        }
    }

    private async Task ReadAsync()
    {
        var input = new BufferedStream(_process.StandardOutput.BaseStream, 1 << 16);
        try
        {
            while (ReadHeader(input) is { } length)
            {
                var body = new byte[length];
                input.ReadExactly(body);
                Take(JsonNode.Parse(body)!);
            }
        }
        catch (Exception exception) when (exception is IOException or System.Text.Json.JsonException)
        {
            _indexed.TrySetException(exception);
        }

        _indexed.TrySetException(new IOException("the server ended"));
        lock (_gate)
        {
            foreach (var answer in _waiting.Values)
            {
                answer.TrySetException(new IOException("the server ended"));
            }
        }

        await Task.CompletedTask;
    }

    private static int? ReadHeader(Stream input)
    {
        var line = new StringBuilder();
        int? length = null;
        while (input.ReadByte() is var unit and >= 0)
        {
            if (unit != '\n')
            {
                line.Append((char)unit);
                continue;
            }

            var text = line.ToString().TrimEnd('\r');
            line.Clear();
            if (text.Length == 0)
            {
                return length;
            }

            if (text.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(text[15..].Trim(), CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private void Take(JsonNode message)
    {
        if (message["method"] is { } method)
        {
            if (method.GetValue<string>() == "$/progress" && message["params"]?["value"]?["kind"]?.GetValue<string>() == "end")
            {
                _indexed.TrySetResult();
            }

            if (message["id"] is { } asked)
            {
                Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = asked.DeepClone(), ["result"] = null });
            }

            return;
        }

        TaskCompletionSource<JsonNode?>? answer;
        lock (_gate)
        {
            _waiting.Remove(message["id"]!.GetValue<int>(), out answer);
        }

        if (message["error"] is { } error)
        {
            answer?.TrySetException(new ErrorAnswerException(error["code"]!.GetValue<int>(), error.ToJsonString()));
        }
        else
        {
            answer?.TrySetResult(message["result"]);
        }
    }
}

/// <summary>A request was answered with an error.</summary>
internal sealed class ErrorAnswerException(int code, string message) : IOException(message)
{
    /// <summary>The code of the error.</summary>
    public int Code { get; } = code;
}
