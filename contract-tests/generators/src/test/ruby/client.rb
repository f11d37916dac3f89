# frozen_string_literal: true

# What the Ruby client does against the real server.

$LOAD_PATH.unshift(File.join(ARGV.fetch(0), 'lib'))
require 'openapi_client'
require 'uri'

def expect(actual, expected)
  raise "#{actual.inspect} and not #{expected.inspect}" unless actual == expected
end

site = URI(ENV.fetch('KBS_SITE_URL'))
OpenapiClient.configure do |config|
  config.scheme = site.scheme
  config.host = "#{site.host}:#{site.port}"
  config.base_path = '/wp-json'
  config.server_index = nil
  config.username = ENV.fetch('KBS_LOGIN')
  config.password = ENV.fetch('KBS_PASSWORD')
end
tickets = OpenapiClient::TicketsApi.new
agent = ENV.fetch('KBS_AGENT')
other = ENV.fetch('KBS_TICKET').to_i

expect(OpenapiClient::DiscoveryApi.new.get_index.namespaces, ['kbs/v1', 'wp/v2'])
expect(tickets.describe_tickets.endpoints.size, 2)

created = tickets.create_ticket(
  OpenapiClient::TicketCreate.new(
    ticket_title: 'Für Ruby',
    ticket_content: 'It is on fire.',
    customer_email: 'nina@example.com',
    customer_first: 'Nina',
    customer_last: 'Newman',
    agent_id: agent
  )
)
expect(created.title.raw, 'Für Ruby')
expect(created.ticket_data.agent.to_s, agent)
expect(created._links._self.size, 1)

found, _, headers = tickets.list_tickets_with_http_info(
  include: [created.id, other], order: 'asc', per_page: 1, page: 2
)
expect(found.map(&:id), [[created.id, other].max])
expect([headers['X-WP-Total'], headers['X-WP-TotalPages']], %w[2 2])

changes = OpenapiClient::TicketUpdate.new(status: 'closed', agent: ENV.fetch('KBS_OTHER_AGENT'))
updated = tickets.update_ticket(created.id.to_s, ticket_update: changes)
expect(updated.status, 'closed')
expect(updated.ticket_data.agent.to_s == agent, false)

seen = tickets.get_ticket(created.id.to_s, _embed: ['agent'])
expect(seen._embedded['agent'].size, 1)

file = OpenapiClient::FilesApi.new.download_ticket_file(other, ENV.fetch('KBS_FILE').to_i)
expect(File.read(file.path), 'It is on fire.')

attached = OpenapiClient::MediaApi.new.upload_media(
  File.new(file.path),
  post: other,
  content_disposition: 'attachment; filename="fire.txt"'
)
expect(attached.title.rendered, 'fire')
expect(attached.post, other)

begin
  tickets.get_ticket('999999')
  raise 'There is a ticket 999999'
rescue OpenapiClient::ApiError => e
  expect(e.code, 404)
  expect(JSON.parse(e.response_body)['code'], 'rest_post_invalid_id')
end
