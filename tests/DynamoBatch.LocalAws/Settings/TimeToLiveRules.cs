using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>What AWS refuses of UpdateTimeToLive and the backend does: to switch on what is on, and off what is off.</summary>
internal sealed class TimeToLiveRules(Forwarder backend)
{
    public async Task<Answer> UpdateAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var request = SettingsJson.TryParse(call.Body);
        var wanted = request?["TimeToLiveSpecification"];
        if (request.Text("TableName") is { } table && wanted.Flag("Enabled") is { } enable)
        {
            var answer = await backend.CallAsync("DescribeTimeToLive", $"{{\"TableName\":{JsonSerializer.Serialize(table)}}}", cancellationToken);
            var current = answer.Succeeded ? SettingsJson.TryParse(answer.Body)?["TimeToLiveDescription"] : null;
            if (current is not null && current.Text("TimeToLiveStatus") is "ENABLED" == enable)
            {
                var name = current.Text("AttributeName");
                return AwsError.Validation(!enable ? "TimeToLive is already disabled"
                    : name == wanted.Text("AttributeName") ? "TimeToLive is already enabled"
                    : $"TimeToLive is active on a different AttributeName: current AttributeName is {name}");
            }
        }

        return await call.ForwardAsync(call.Body, cancellationToken);
    }
}
